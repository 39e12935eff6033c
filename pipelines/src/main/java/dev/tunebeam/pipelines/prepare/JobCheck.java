package dev.tunebeam.pipelines.prepare;

import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.dataset.terminal.Figures;
import dev.tunebeam.dataset.terminal.ShellCommand;
import dev.tunebeam.pipelines.recipe.MapSection;
import dev.tunebeam.pipelines.recipe.Recipe;
import dev.tunebeam.pipelines.terminal.RejectedRow;
import dev.tunebeam.pipelines.terminal.RejectedRows;
import dev.tunebeam.transforms.read.ElementLines;
import dev.tunebeam.transforms.row.Reason;
import dev.tunebeam.transforms.write.JobReport;
import dev.tunebeam.transforms.write.WrittenFile.Kind;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether the result of a job may be published; if not, the message gives counts, places
 * and what to do. A pure function of plan and report.
 *
 * @param plan the plan of the job
 * @param report its result
 */
record JobCheck(PreparePlan plan, JobReport report) {

  private static final String UNREADABLE = Reason.UNREADABLE_FILE.toString();
  private static final int COLUMNS_SHOWN = 20;
  private static final int PLACES_SHOWN = 3;

  /**
   * Refuses input that could not be read to the end, since an unknown number of rows is missing,
   * and input without rows.
   *
   * @throws JobFailedException with the files
   */
  void requireRows() {
    if (report.rejected().containsKey(UNREADABLE)) {
      StringBuilder message = new StringBuilder("nothing was published, since rows would be lost:");
      report.places().stream()
          .filter(place -> place.reason().equals(UNREADABLE))
          .forEach(place -> message.append("\n  ").append(place.message()));
      throw new JobFailedException(ExitCode.FAILED, message.toString());
    }
    if (report.read() == 0) {
      throw new JobFailedException(
          ExitCode.FAILED,
          "no rows in %s; nothing was published"
              .formatted(
                  String.join(
                      ", ",
                      report.emptyFiles().stream().map(plan.names()::fromWorkingFolder).toList())));
    }
    if (report.read() == report.filtered()) {
      throw new JobFailedException(
          ExitCode.FAILED, noneLeft(report.read()) + "; nothing was published");
    }
  }

  /** The message if {@code where} leaves nothing. */
  static String noneLeft(long read) {
    return "where leaves none of the %s".formatted(Figures.counted(read, "row", "rows"));
  }

  /**
   * Refuses free text that was taken for class names.
   *
   * @throws JobFailedException with the setting to change
   */
  void requireClasses() {
    if (report.tooManyClasses()) {
      throw new JobFailedException(
          ExitCode.WRONG_USE, tooManyClasses(plan.recipe()) + "; nothing was published");
    }
  }

  /** The message for too many classes, with the setting to change. */
  static String tooManyClasses(Recipe recipe) {
    return "more than 10,000 distinct classes, or names as long as texts, so this is free text; "
        + (recipe.map().classTemplate() == null
            ? "set task: generation, or map.class to a field with few values"
            : "set map.class to a field with few values, or leave it out");
  }

  /**
   * Refuses a dataset of what is new without a training example.
   *
   * @throws JobFailedException with an exit code of its own
   */
  void requireNews() {
    if (report.unchanged() > 0 && report.records(Kind.TRAIN) == 0) {
      throw new JobFailedException(
          ExitCode.NOTHING_NEW,
          "nothing new to train on: the previous dataset has %s; nothing was published"
              .formatted(
                  report.unchanged() == 1
                      ? "the training example"
                      : "all "
                          + Figures.counted(
                              report.unchanged(), "training example", "training examples")));
    }
  }

  /** The message if more rows were rejected than the recipe allows, or all of them; else null. */
  @Nullable String tooManyRejected() {
    long rejected = report.rejectedTotal();
    long asked = report.read() - report.filtered();
    BigDecimal allowed =
        BigDecimal.valueOf(plan.recipe().maxRejected()).multiply(BigDecimal.valueOf(asked));
    boolean tooMany = BigDecimal.valueOf(rejected).compareTo(allowed) > 0;
    if (!tooMany && rejected < asked) {
      return null;
    }
    StringBuilder message =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                "%,d of %,d %s were rejected%s; nothing was published",
                rejected,
                asked,
                report.read() == report.rows() ? "rows" : "examples",
                tooMany
                    ? ", more than maxRejected (%s) allows".formatted(plan.recipe().maxRejected())
                    : ""));
    RejectedRows.lines(report.rejected(), rejectedRows(plan, report), PLACES_SHOWN)
        .forEach(line -> message.append('\n').append(line));
    if (report.rejected().containsKey(Reason.MISSING_FIELD.toString())) {
      message.append(columnsToChoose(plan));
    }
    return message.toString();
  }

  /** A hint to map the columns, if none are mapped and the rows do not have the expected ones. */
  static String columnsToChoose(PreparePlan plan) {
    boolean noMapping = plan.recipe().map().equals(MapSection.NONE);
    if (!noMapping || plan.columns().isEmpty()) {
      return "";
    }
    List<String> columns = List.copyOf(plan.columns().keySet());
    List<String> texts =
        columns.stream().filter(name -> plan.columns().getOrDefault(name, 0L) > 0).toList();
    if (texts.isEmpty()) {
      return "\n  the rows have the fields %s, lists and objects; name a text in them, such as --completion='{{FIELD.0.FIELD}}'"
          .formatted(shown(columns));
    }
    String last = texts.get(texts.size() - 1);
    String prompt =
        plan.columns().entrySet().stream()
            .filter(column -> !column.getKey().equals(last) && column.getValue() > 0)
            .max(Map.Entry.comparingByValue())
            .map(
                longest -> ShellCommand.quoted("--prompt={{%s}}".formatted(longest.getKey())) + " ")
            .orElse("");
    return "\n  the rows have the fields %s; choose prompt and completion, for example\n    %s"
        .formatted(
            shown(columns), prompt + ShellCommand.quoted("--completion={{%s}}".formatted(last)));
  }

  private static String shown(List<String> columns) {
    return columns.stream().limit(COLUMNS_SHOWN).collect(Collectors.joining(", "))
        + (columns.size() > COLUMNS_SHOWN ? ", …" : "");
  }

  /** The first rejected rows of each reason, with paths from the working folder. */
  static List<RejectedRow> rejectedRows(PreparePlan plan, JobReport report) {
    ElementLines lines = plan.lines();
    List<String> names = plan.fileNames();
    return report.places().stream()
        .map(
            place ->
                new RejectedRow(
                    place.reason(),
                    lines.place(
                        names.indexOf(place.file()),
                        plan.names().fromWorkingFolder(place.file()),
                        place.position()),
                    place.message()))
        .toList();
  }
}
