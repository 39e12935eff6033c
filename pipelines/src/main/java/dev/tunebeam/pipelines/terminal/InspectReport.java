package dev.tunebeam.pipelines.terminal;

import dev.tunebeam.dataset.Manifest;
import dev.tunebeam.dataset.ModelCatalogue;
import dev.tunebeam.dataset.terminal.Columns;
import dev.tunebeam.dataset.terminal.Figures;
import dev.tunebeam.dataset.terminal.TerminalText;
import dev.tunebeam.pipelines.findings.DelimiterUse;
import dev.tunebeam.pipelines.findings.Finding;
import dev.tunebeam.pipelines.findings.TaskInference;
import dev.tunebeam.transforms.inspect.FieldStatistics;
import dev.tunebeam.transforms.inspect.FieldStatistics.Field;
import dev.tunebeam.transforms.inspect.secrets.Secrets;
import java.io.PrintStream;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The report of inspect: a verdict first, with price, dates and open decisions, then what was
 * found. Plain text of at most {@link Report#WIDTH} columns, except for file names. Deterministic.
 *
 * @param input the input, in one line
 * @param conclusion the inferred type of dataset
 * @param problem why prepare would publish nothing; empty if it would
 * @param inferred what was inferred from the data, by recipe key
 * @param manifest that prepare would give with all decisions
 * @param rows rows of the input
 * @param fields the fields of the rows
 * @param classes examples per class; empty if there are none
 * @param delimiters the delimiters of the texts; empty if the format has none
 * @param findings in report order
 * @param decisions recommended settings
 * @param catalogue the catalogue with the prices
 * @param today the date on which models must still be trainable
 * @param elapsed the duration of the job
 * @param verbose whether to print all that is known
 */
public record InspectReport(
    String input,
    TaskInference conclusion,
    String problem,
    Map<String, String> inferred,
    Manifest manifest,
    long rows,
    FieldStatistics fields,
    Map<String, Long> classes,
    List<DelimiterUse> delimiters,
    List<Finding> findings,
    List<Decision> decisions,
    ModelCatalogue catalogue,
    LocalDate today,
    Duration elapsed,
    boolean verbose) {

  /**
   * A recommended setting.
   *
   * @param setting recipe keys with values
   * @param because the reason
   */
  public record Decision(String setting, String because) {}

  private static final String INDENT = "  ";
  private static final int NAME_WIDTH = 30;
  private static final int CLASS_WIDTH = 50;
  private static final int CLASSES_SHOWN = 20;
  private static final int CLASSES_NAMED = 3;
  private static final int DECISIONS_SHOWN = 3;

  /** Prints the lines; the stream's charset should be UTF-8. */
  public void print(PrintStream out) {
    lines().forEach(out::println);
    out.flush();
  }

  /** The lines of the report, without line endings. */
  List<String> lines() {
    PriceTable prices = new PriceTable(manifest, catalogue, today);
    List<String> lines = new ArrayList<>();
    lines.add("%s (%s)".formatted(input, Figures.duration(elapsed)));
    lines.add("");
    verdict(lines, prices);
    Report.section(
        lines, "Decisions (%s)".formatted(Figures.count(decisions.size())), decisionLines());
    Report.section(
        lines, "Inferred from the data (override in the recipe)", InferredLines.of(inferred));
    if (verbose) {
      Report.section(lines, "Fields", fieldLines());
      Report.section(lines, "Classes (%s)".formatted(Figures.count(classes.size())), classLines());
      Report.section(lines, "Delimiters", DelimiterLines.of(delimiters));
    }
    Report.section(
        lines,
        "Findings (%s)".formatted(Figures.count(findings.size())),
        FindingLines.of(findings, verbose));
    if (verbose && kept() > 0) {
      Report.section(
          lines,
          "Price of training (> is the chosen model, its price as of %s)"
              .formatted(manifest.cost().pricesAsOf()),
          prices.lines(true));
    }
    return lines;
  }

  private long kept() {
    return manifest.rows().train() + manifest.rows().validation();
  }

  /** Whether it can be used, what it is, what it costs and until when. */
  private void verdict(List<String> lines, PriceTable prices) {
    if (!problem.isEmpty()) {
      wrap(lines, "Not usable as it is: " + problem.lines().findFirst().orElse(""), "");
    }
    if (kept() == 0) {
      return;
    }
    Manifest.Rows funnel = manifest.rows();
    String examples =
        "%s of %s: %s rejected, %s%s"
            .formatted(
                Figures.counted(kept(), "example", "examples"),
                Figures.counted(funnel.read(), "row", "rows"),
                Figures.count(funnel.rejected().total()),
                Figures.counted(funnel.duplicates(), "duplicate", "duplicates"),
                NearLines.removed(funnel));
    wrap(lines, (problem.isEmpty() ? "Usable: " : "") + examples, "");
    wrap(lines, "%s: %s".formatted(conclusion.kind(), conclusion.because()), INDENT);
    if (!classes.isEmpty()) {
      wrap(lines, largestClasses(), INDENT);
    }
    Manifest.Tokens tokens = manifest.tokens();
    wrap(
        lines,
        "%s tokens (%s); %s"
            .formatted(
                Figures.count(tokens.train() + tokens.validation()),
                prices.encoding(),
                Report.perExample(tokens.perExample())),
        INDENT);
    Report.images(tokens).ifPresent(text -> wrap(lines, text, INDENT));
    Report.near(manifest).forEach(line -> wrap(lines, line, INDENT));
    for (String line : prices.summary()) {
      wrap(lines, line, INDENT);
    }
  }

  private String largestClasses() {
    long all = classes.values().stream().mapToLong(Long::longValue).sum();
    String largest =
        byCount()
            .limit(CLASSES_NAMED)
            .map(
                entry ->
                    "%s %s"
                        .formatted(
                            TerminalText.cut(className(entry.getKey()), NAME_WIDTH),
                            Figures.percent(entry.getValue(), all)))
            .collect(Collectors.joining(", "));
    int more = classes.size() - CLASSES_NAMED;
    return "%s: %s%s"
        .formatted(
            Figures.counted(classes.size(), "class", "classes"),
            largest,
            more > 0 ? ", and %s more".formatted(Figures.count(more)) : "");
  }

  private List<String> decisionLines() {
    List<String> lines = new ArrayList<>();
    int shown = verbose ? decisions.size() : Math.min(DECISIONS_SHOWN, decisions.size());
    for (Decision decision : decisions.subList(0, shown)) {
      wrap(lines, TerminalText.cut(decision.setting(), Report.WIDTH - INDENT.length()), INDENT);
      wrap(lines, decision.because(), INDENT + INDENT);
    }
    if (shown < decisions.size()) {
      lines.add(INDENT + "and %s more, see --verbose".formatted(decisions.size() - shown));
    }
    return lines;
  }

  private List<String> fieldLines() {
    Columns table = new Columns("llrl");
    for (Map.Entry<String, Field> entry : fields.inOrder()) {
      Field field = entry.getValue();
      String types =
          field.types().entrySet().stream()
              .sorted(Comparator.comparing(type -> -type.getValue().count()))
              .map(type -> type.getKey().toString())
              .collect(Collectors.joining(", "));
      table.row(
          TerminalText.cut(TerminalText.oneLine(Secrets.mask(entry.getKey())), NAME_WIDTH),
          types,
          Figures.percent(field.filled(), rows),
          field.examples().stream().map(InspectReport::quoted).collect(Collectors.joining(", ")));
    }
    List<String> lines =
        new ArrayList<>(
            table.lines(INDENT).stream()
                .map(line -> TerminalText.cut(line, Report.WIDTH))
                .toList());
    if (fields.hasMore()) {
      lines.add(INDENT + "and more, which are not profiled");
    }
    return lines;
  }

  private List<String> classLines() {
    long all = classes.values().stream().mapToLong(Long::longValue).sum();
    Columns table = new Columns("lrr");
    byCount()
        .limit(CLASSES_SHOWN)
        .forEach(
            entry ->
                table.row(
                    TerminalText.cut(className(entry.getKey()), CLASS_WIDTH),
                    Figures.count(entry.getValue()),
                    Figures.percent(entry.getValue(), all)));
    List<String> lines = new ArrayList<>(table.lines(INDENT));
    if (classes.size() > CLASSES_SHOWN) {
      lines.add(INDENT + "and %s more".formatted(Figures.count(classes.size() - CLASSES_SHOWN)));
    }
    return lines;
  }

  /** The classes, largest first. */
  private Stream<Map.Entry<String, Long>> byCount() {
    return classes.entrySet().stream()
        .sorted(
            Comparator.<Map.Entry<String, Long>>comparingLong(entry -> -entry.getValue())
                .thenComparing(Map.Entry.comparingByKey()));
  }

  private static String className(String name) {
    return name.isEmpty() ? "(blank)" : TerminalText.oneLine(name);
  }

  private static String quoted(String text) {
    return '"' + TerminalText.oneLine(text) + '"';
  }

  private static void wrap(List<String> lines, String text, String first) {
    lines.addAll(TerminalText.wrapped(text, Report.WIDTH, first, " ".repeat(first.length())));
  }
}
