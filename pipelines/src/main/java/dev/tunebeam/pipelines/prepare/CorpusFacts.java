package dev.tunebeam.pipelines.prepare;

import dev.tunebeam.dataset.Inferred;
import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.dataset.terminal.Figures;
import dev.tunebeam.pipelines.findings.Classes;
import dev.tunebeam.pipelines.findings.Corpus;
import dev.tunebeam.pipelines.findings.TaskInference;
import dev.tunebeam.transforms.deduplicate.ShardSummary;
import dev.tunebeam.transforms.inspect.FieldStatistics.Field;
import dev.tunebeam.transforms.inspect.Inspection;
import dev.tunebeam.transforms.inspect.LabelTokens;
import dev.tunebeam.transforms.inspect.secrets.Secrets;
import dev.tunebeam.transforms.normalize.dialect.Dialect;
import dev.tunebeam.transforms.normalize.dialect.FieldMapping;
import dev.tunebeam.transforms.read.input.InputFile;
import dev.tunebeam.transforms.row.Reason;
import dev.tunebeam.transforms.write.Positions;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Combines a plan with an inspection, for reports and findings. Pure functions. */
public final class CorpusFacts {

  private static final int FILES_NAMED = 3;

  private CorpusFacts() {}

  /** The inspected corpus, as findings need it. */
  public static Corpus of(PreparePlan plan, Inspection inspection) {
    List<String> names = plan.fileNames().stream().map(plan.names()::fromWorkingFolder).toList();
    Classes classes =
        Classes.of(inspection.summary(), plan.recipe().map().classTemplate(), plan.task());
    TaskInference conclusion =
        TaskInference.of(inspection, classes, plan.inferredTask(), areConversations(plan));
    return new Corpus(
        inspection,
        conclusion,
        classes.orAnswers(conclusion.kind(), inspection.answers()),
        plan.recipe(),
        plan.model(),
        plan.format(),
        plan.task(),
        plan.delimiters(),
        plan.limit().maxTokens(),
        new Positions(names, inspection.summary().positions()),
        plan.lines(),
        new LabelTokens(plan.encoding().encoding()),
        unused(plan, inspection),
        inspection.summary().rowsByFile().entrySet().stream()
            .filter(file -> file.getValue() == 0)
            .map(file -> names.get(file.getKey()))
            .toList(),
        plan.input().folders(),
        TableRepairs.of(plan),
        (int) plan.shapes().stream().distinct().count());
  }

  private static boolean areConversations(PreparePlan plan) {
    long conversations =
        plan.shapes().stream()
            .filter(s -> s.dialect() == Dialect.CHAT || s.dialect() == Dialect.SHAREGPT)
            .count();
    return conversations * 2 > plan.shapes().size();
  }

  /** The input in one line: files, formats, size. */
  public static String input(PreparePlan plan) {
    List<InputFile> files = plan.input().files();
    List<String> names =
        plan.fileNames().stream().distinct().map(plan.names()::fromWorkingFolder).toList();
    String shown =
        names.size() <= FILES_NAMED
            ? String.join(", ", names)
            : names.get(0) + " and %s more files".formatted(Figures.count(names.size() - 1));
    String formats =
        files.stream()
            .map(file -> file.format().name().toLowerCase(Locale.ROOT))
            .distinct()
            .sorted()
            .collect(Collectors.joining(", "));
    // A file of two splits is there twice.
    Map<String, Long> bytesByPath = new HashMap<>();
    files.forEach(file -> bytesByPath.put(file.path(), file.size()));
    long bytes = bytesByPath.values().stream().mapToLong(Long::longValue).sum();
    return "%s: %s, %s".formatted(shown, formats, Figures.bytes(bytes));
  }

  /** Examples per class, secrets in names masked. */
  public static SortedMap<String, Long> classes(Corpus corpus) {
    SortedMap<String, Long> classes = new TreeMap<>();
    corpus
        .classes()
        .counts()
        .forEach((name, count) -> classes.merge(Secrets.mask(name), count, Long::sum));
    return classes;
  }

  /** What was inferred from the data, by recipe key, secrets masked. */
  public static SortedMap<String, String> inferred(PreparePlan plan) {
    return Inferred.texts(plan.inferred(), Secrets::mask);
  }

  /** Fields that no template uses, if examples are made by templates or common field names. */
  private static List<String> unused(PreparePlan plan, Inspection inspection) {
    FieldMapping mapping = plan.mapping();
    if (mapping == null || plan.shapes().get(0).dialect() != Dialect.PROMPT_COMPLETION) {
      return List.of();
    }
    StringBuilder templates = new StringBuilder();
    for (String template :
        new String[] {
          mapping.prompt() == null ? "{{prompt}}" : mapping.prompt(),
          mapping.completion() == null ? "{{completion}}" : mapping.completion(),
          mapping.system(),
          mapping.className()
        }) {
      templates.append(template == null ? "" : template);
    }
    List<String> unused = new ArrayList<>();
    for (Map.Entry<String, Field> field : inspection.rows().fields().inOrder()) {
      String name = Pattern.quote(field.getKey());
      Pattern tag =
          Pattern.compile(
              "\\{\\{[#^{&]?\\s*" + name + "\\s*[.?|}\\s]",
              Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
      boolean ours = field.getKey().equals("_file") || field.getKey().equals("_folder");
      if (!ours && !tag.matcher(templates).find()) {
        unused.add(field.getKey());
      }
    }
    return unused;
  }

  /** Why prepare would publish no dataset by this plan; null if it would. */
  public static @Nullable JobFailedException problem(PreparePlan plan, Inspection inspection) {
    ShardSummary summary = inspection.summary();
    if (summary.rejected().containsKey(Reason.UNREADABLE_FILE)) {
      return new JobFailedException(
          ExitCode.FAILED, "a file is truncated or corrupt, so prepare would publish nothing");
    }
    if (summary.read() == summary.filtered()) {
      return new JobFailedException(ExitCode.FAILED, JobCheck.noneLeft(summary.read()));
    }
    if (Classes.of(summary, plan.recipe().map().classTemplate(), plan.task()).tooMany()) {
      return new JobFailedException(ExitCode.WRONG_USE, JobCheck.tooManyClasses(plan.recipe()));
    }
    long asked = summary.read() - summary.filtered();
    BigDecimal allowed =
        BigDecimal.valueOf(plan.recipe().maxRejected()).multiply(BigDecimal.valueOf(asked));
    long rejected = summary.rejectedTotal();
    if (BigDecimal.valueOf(rejected).compareTo(allowed) <= 0 && rejected < asked) {
      return null;
    }
    return new JobFailedException(
        ExitCode.TOO_MANY_REJECTED,
        String.format(
            Locale.ROOT,
            "%,d of %,d rows would be rejected, more than maxRejected (%s) allows%s",
            rejected,
            asked,
            plan.recipe().maxRejected(),
            columns(plan, inspection)));
  }

  private static String columns(PreparePlan plan, Inspection inspection) {
    return inspection.summary().rejected().containsKey(Reason.MISSING_FIELD)
        ? Secrets.mask(JobCheck.columnsToChoose(plan))
        : "";
  }
}
