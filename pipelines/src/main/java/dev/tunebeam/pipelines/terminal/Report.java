package dev.tunebeam.pipelines.terminal;

import dev.tunebeam.dataset.Manifest;
import dev.tunebeam.dataset.Manifest.PerExample;
import dev.tunebeam.dataset.Manifest.Rows;
import dev.tunebeam.dataset.ModelCatalogue;
import dev.tunebeam.dataset.terminal.Columns;
import dev.tunebeam.dataset.terminal.Figures;
import dev.tunebeam.dataset.terminal.TerminalText;
import dev.tunebeam.pipelines.gates.Change;
import dev.tunebeam.pipelines.gates.Gates;
import java.io.PrintStream;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The report of prepare: row counts, the content of the dataset, training costs, rejected rows, and
 * the next command. Plain text of at most {@link #WIDTH} columns without colours, so that it is the
 * same in a log; only paths and the next command may be longer, so that they can be copied.
 * Deterministic.
 *
 * @param manifest of the dataset, or what it would be after a dry run
 * @param catalogue the catalogue with the prices
 * @param today the date on which models must still be trainable
 * @param dryRun whether nothing was written
 * @param output the folder, as the user named it
 * @param named whether the files have their names in it, or only their paths in the manifest
 * @param elapsed the duration of the job
 * @param rejectedRows the first rejected rows, in input order; any number
 * @param changes what has changed notably since the dataset before
 * @param next the next command, blank for none
 * @param verbose whether to list all classes, models and first rejected rows
 */
public record Report(
    Manifest manifest,
    ModelCatalogue catalogue,
    LocalDate today,
    boolean dryRun,
    String output,
    boolean named,
    Duration elapsed,
    List<RejectedRow> rejectedRows,
    List<Change> changes,
    String next,
    boolean verbose) {

  /** Columns of a line. */
  public static final int WIDTH = 100;

  static final String INDENT = "  ";

  /** Makes an immutable copy. */
  public Report {
    rejectedRows = List.copyOf(rejectedRows);
    changes = List.copyOf(changes);
  }

  /** Prints the lines; the stream's charset should be UTF-8. */
  public void print(PrintStream out) {
    lines().forEach(out::println);
    out.flush();
  }

  /** The lines of the report, without line endings. */
  List<String> lines() {
    PriceTable prices = new PriceTable(manifest, catalogue, today);
    List<String> lines = new ArrayList<>();
    lines.add("%s (%s)".formatted(outcome(), Figures.duration(elapsed)));
    prices
        .chosen()
        .ending(today)
        .ifPresent(text -> lines.addAll(TerminalText.wrapped(text, WIDTH, INDENT, INDENT)));
    section(lines, "Rows", funnel());
    section(lines, "Tokens (%s)".formatted(prices.encoding()), tokens());
    if (!manifest.classes().isEmpty()) {
      section(
          lines,
          "Classes (%s)".formatted(Figures.count(manifest.classes().size())),
          ClassTable.lines(manifest, verbose));
    }
    section(lines, "Prompts since the dataset before", SinceLines.of(manifest));
    section(lines, "Notable changes since the dataset before", ChangeLines.of(changes));
    section(
        lines,
        "Price of training (> is the chosen model, its price as of %s)"
            .formatted(manifest.cost().pricesAsOf()),
        prices.lines(verbose));
    section(
        lines,
        "Rejected rows",
        RejectedRows.lines(manifest.rows().rejected().byReason(), rejectedRows, verbose ? 3 : 1));
    section(lines, "Gates", GateLines.of(manifest));
    section(lines, "Warnings", warnings());
    if (!dryRun && Gates.failed(manifest).isEmpty()) {
      section(lines, "Files", FileLines.of(manifest, output, named));
    }
    section(lines, "Next", next.isBlank() ? List.of() : List.of(INDENT + next));
    return lines;
  }

  private String outcome() {
    int failed = Gates.failed(manifest).size();
    return failed > 0
        ? Figures.counted(failed, "gate", "gates") + " failed: nothing was published"
        : dryRun ? "Dry run: nothing was written" : "Dataset " + output;
  }

  /** Adds a section with a title; nothing if it has no content. */
  static void section(List<String> lines, String title, List<String> content) {
    if (!content.isEmpty()) {
      lines.add("");
      lines.add(title);
      lines.addAll(content);
    }
  }

  private List<String> funnel() {
    Rows rows = manifest.rows();
    Columns table = new Columns("lrr");
    table.row("read", Figures.count(rows.read()));
    shareIfAny(table, "filtered", rows.filtered());
    share(table, "rejected", rows.rejected().total());
    share(table, "duplicates", rows.duplicates());
    shareIfAny(table, "near copies", rows.nearCopies());
    shareIfAny(table, "contaminated", rows.contaminated());
    shareIfAny(table, "on both sides", rows.bothSides());
    shareIfAny(table, "not sampled", rows.sampledOut());
    shareIfAny(table, "unchanged", rows.unchangedCount());
    share(table, "train", rows.train());
    share(table, "validation", rows.validation());
    List<String> lines = new ArrayList<>(table.lines(INDENT));
    if (manifest.cleaned() > 0) {
      lines.add(
          INDENT
              + Figures.counted(manifest.cleaned(), "example", "examples")
              + " had a separator or stop sequence removed from the text");
    }
    if (manifest.conflicts() > 0) {
      lines.add(
          INDENT
              + Figures.counted(manifest.conflicts(), "prompt has", "prompts have")
              + " conflicting completions");
    }
    near(manifest).forEach(line -> lines.add(INDENT + line));
    return lines;
  }

  /** What was found when texts were compared; no line if they were not. */
  static List<String> near(Manifest manifest) {
    Manifest.Near near = manifest.near();
    return near == null ? List.of() : NearLines.of(near, manifest.recipe().containsKey("near"));
  }

  private void shareIfAny(Columns table, String name, long count) {
    if (count > 0) {
      share(table, name, count);
    }
  }

  private void share(Columns table, String name, long count) {
    table.row(name, Figures.count(count), Figures.percent(count, manifest.rows().read()));
  }

  private List<String> tokens() {
    List<String> lines =
        TerminalText.wrapped(
            "train %s, validation %s; %s"
                .formatted(
                    Figures.count(manifest.tokens().train()),
                    Figures.count(manifest.tokens().validation()),
                    perExample(manifest.tokens().perExample())),
            WIDTH,
            INDENT,
            INDENT);
    images(manifest.tokens()).ifPresent(text -> lines.add(INDENT + text));
    return lines;
  }

  /** The examples and the price of training on them, in one line. */
  public static String price(Manifest manifest) {
    return "%s, %s to train %s"
        .formatted(
            Figures.counted(
                manifest.rows().train() + manifest.rows().validation(), "example", "examples"),
            Figures.dollars(manifest.cost().usd()),
            manifest.cost().model());
  }

  /** The number of images, empty for none. */
  static Optional<String> images(Manifest.Tokens tokens) {
    return Optional.ofNullable(tokens.images())
        .map(
            images ->
                "images: %s%s"
                    .formatted(
                        Figures.count(images.count()),
                        images.unsized() == 0
                            ? ""
                            : ", %s of unknown size and not counted"
                                .formatted(Figures.count(images.unsized()))));
  }

  static String perExample(PerExample tokens) {
    return "per example min %s, p50 %s, p95 %s, max %s"
        .formatted(
            Figures.count(tokens.min()),
            Figures.count(tokens.p50()),
            Figures.count(tokens.p95()),
            Figures.count(tokens.max()));
  }

  private List<String> warnings() {
    List<String> lines = new ArrayList<>();
    for (String warning : manifest.warnings()) {
      lines.addAll(TerminalText.wrapped(warning, WIDTH, "  - ", "    "));
    }
    return lines;
  }
}
