package dev.tunebeam.pipelines.terminal;

import dev.tunebeam.dataset.Manifest;
import dev.tunebeam.dataset.ModelCatalogue;
import dev.tunebeam.dataset.terminal.Columns;
import dev.tunebeam.dataset.terminal.Figures;
import dev.tunebeam.dataset.terminal.TerminalText;
import dev.tunebeam.pipelines.findings.DelimiterUse;
import dev.tunebeam.pipelines.findings.Finding;
import dev.tunebeam.pipelines.findings.Place;
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

/**
 * The report of inspect: the dataset type, its fields, findings and training costs. Plain text of
 * at most {@link Report#WIDTH} columns, except for file names. Deterministic.
 *
 * @param input the input, in one line
 * @param conclusion the inferred type of dataset
 * @param inferred what was inferred from the data, by recipe key
 * @param estimate the manifest that a dataset of it would have
 * @param rows rows of the input
 * @param fields the fields of the rows
 * @param classes examples per class; empty if there are none
 * @param delimiters the delimiters of the texts; empty if the format has none
 * @param findings in report order
 * @param catalogue the catalogue with the prices
 * @param today the date on which models must still be trainable
 * @param elapsed the duration of the job
 */
public record InspectReport(
    String input,
    TaskInference conclusion,
    Map<String, String> inferred,
    Manifest estimate,
    long rows,
    FieldStatistics fields,
    Map<String, Long> classes,
    List<DelimiterUse> delimiters,
    List<Finding> findings,
    ModelCatalogue catalogue,
    LocalDate today,
    Duration elapsed) {

  private static final String INDENT = "  ";
  private static final String DEEPER = "     ";
  private static final int NAME_WIDTH = 30;
  private static final int CLASS_WIDTH = 50;
  private static final int CLASSES_SHOWN = 20;

  /** Prints the lines; the stream's charset should be UTF-8. */
  public void print(PrintStream out) {
    lines().forEach(out::println);
    out.flush();
  }

  /** The lines of the report, without line endings. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("%s (%s)".formatted(input, Figures.duration(elapsed)));
    section(lines, "Dataset type", whatItIs());
    section(
        lines,
        "Inferred by prepare from the data (override in the recipe)",
        InferredLines.of(inferred));
    section(lines, "Fields", fieldLines());
    section(lines, "Examples", examples());
    section(lines, "Tokens (%s)".formatted(estimate.tokens().encoding()), tokens());
    section(lines, "Classes (%s)".formatted(Figures.count(classes.size())), classLines());
    section(lines, "Delimiters", DelimiterLines.of(delimiters));
    section(lines, "Findings", findingLines());
    if (estimate.rows().train() > 0) {
      section(
          lines,
          "Price of training, estimated (> is the chosen model, prices as of %s)"
              .formatted(estimate.cost().pricesAsOf()),
          new PriceTable(estimate, catalogue, today).lines());
    }
    return lines;
  }

  private static void section(List<String> lines, String title, List<String> content) {
    if (!content.isEmpty()) {
      lines.add("");
      lines.add(title);
      lines.addAll(content);
    }
  }

  private List<String> whatItIs() {
    return TerminalText.wrapped(
        "%s: %s".formatted(conclusion.kind(), conclusion.because()),
        Report.WIDTH,
        INDENT,
        INDENT + INDENT);
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

  private List<String> examples() {
    Manifest.Rows funnel = estimate.rows();
    Columns table = new Columns("lrr");
    table.row("read", Figures.count(funnel.read()));
    if (funnel.filtered() > 0) {
      share(table, "filtered", funnel.filtered());
    }
    share(table, "rejected", funnel.rejected().total());
    share(table, "duplicates", funnel.duplicates());
    if (funnel.sampledOut() > 0) {
      share(table, "not sampled", funnel.sampledOut());
    }
    share(table, "kept", funnel.train() + funnel.validation());
    return table.lines(INDENT);
  }

  private void share(Columns table, String name, long count) {
    table.row(name, Figures.count(count), Figures.percent(count, estimate.rows().read()));
  }

  private List<String> tokens() {
    Manifest.Tokens tokens = estimate.tokens();
    List<String> lines = new ArrayList<>();
    lines.add(INDENT + "total: " + Figures.count(tokens.train() + tokens.validation()));
    lines.add(INDENT + Report.perExample(tokens.perExample()));
    Report.images(tokens).ifPresent(text -> lines.add(INDENT + text));
    return lines;
  }

  private List<String> classLines() {
    long all = classes.values().stream().mapToLong(Long::longValue).sum();
    Columns table = new Columns("lrr");
    classes.entrySet().stream()
        .sorted(
            Comparator.<Map.Entry<String, Long>>comparingLong(entry -> -entry.getValue())
                .thenComparing(Map.Entry.comparingByKey()))
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

  private static String className(String name) {
    return name.isEmpty() ? "(blank)" : TerminalText.oneLine(name);
  }

  private static String quoted(String text) {
    return '"' + TerminalText.oneLine(text) + '"';
  }

  private List<String> findingLines() {
    if (findings.isEmpty()) {
      return List.of(INDENT + "none");
    }
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < findings.size(); i++) {
      Finding finding = findings.get(i);
      wrap(lines, finding.what(), "%3d. ".formatted(i + 1));
      finding.details().forEach(detail -> wrap(lines, detail, DEEPER + "- "));
      places(lines, finding.places());
      wrap(lines, finding.why(), DEEPER);
      wrap(lines, finding.action(), DEEPER + "> ");
    }
    return lines;
  }

  /** Places with a note have a line each, the others are joined. */
  private static void places(List<String> lines, List<Place> places) {
    if (places.stream().allMatch(place -> place.note().isEmpty())) {
      String all =
          places.stream()
              .map(place -> place.file() + ":" + place.position())
              .collect(Collectors.joining(", "));
      if (!all.isEmpty()) {
        wrap(lines, all, DEEPER);
      }
      return;
    }
    for (Place place : places) {
      wrap(
          lines,
          "%s:%d: %s".formatted(place.file(), place.position(), place.note()),
          DEEPER + "- ");
    }
  }

  private static void wrap(List<String> lines, String text, String first) {
    lines.addAll(TerminalText.wrapped(text, Report.WIDTH, first, " ".repeat(first.length())));
  }
}
