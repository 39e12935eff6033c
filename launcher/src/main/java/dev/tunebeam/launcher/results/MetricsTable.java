package dev.tunebeam.launcher.results;

import dev.tunebeam.dataset.terminal.Columns;
import dev.tunebeam.dataset.terminal.Figures;
import dev.tunebeam.dataset.terminal.TerminalText;
import dev.tunebeam.launcher.results.TrainingMetrics.Point;
import dev.tunebeam.launcher.results.TrainingMetrics.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Training metrics as text: sampled steps, the best step, the last step, and hints. */
public final class MetricsTable {

  private static final int ROWS = 20;
  private static final int WIDTH = 100;
  private static final int NAME = 40;

  private MetricsTable() {}

  /**
   * The lines, at most 100 columns wide. More than 20 steps are sampled: from each of 20 parts the
   * step with the most values; the best and the last step are always included.
   */
  public static List<String> lines(TrainingMetrics metrics) {
    List<String> lines = new ArrayList<>();
    if (metrics.steps().isEmpty()) {
      lines.add("No steps have been reported yet.");
    } else {
      lines.addAll(table(metrics));
      int shown = sampled(metrics).size();
      if (shown < metrics.steps().size()) {
        lines.add(
            "Showing %s of %s steps.".formatted(shown, Figures.count(metrics.steps().size())));
      }
    }
    notes(metrics).forEach(note -> lines.addAll(TerminalText.wrapped(note, WIDTH, "", "  ")));
    return lines;
  }

  private static List<String> table(TrainingMetrics metrics) {
    List<Metric> shown =
        Arrays.stream(Metric.values())
            .filter(m -> metrics.steps().stream().anyMatch(step -> step.value(m) != null))
            .toList();
    Optional<Long> best = metrics.best().map(Point::step);
    long last = metrics.steps().get(metrics.steps().size() - 1).step();
    Columns columns = new Columns("r" + "r".repeat(shown.size()) + "l");
    List<String> header = new ArrayList<>(List.of("step"));
    shown.forEach(metric -> header.add(metric.title()));
    columns.row(header.toArray(new String[0]));
    for (Step step : sampled(metrics)) {
      List<String> row = new ArrayList<>(List.of(Figures.count(step.step())));
      shown.forEach(metric -> row.add(figure(step.value(metric))));
      List<String> marks = new ArrayList<>();
      if (best.filter(b -> b == step.step()).isPresent()) {
        marks.add("best");
      }
      if (step.step() == last) {
        marks.add("last");
      }
      row.add(String.join(", ", marks));
      columns.row(row.toArray(new String[0]));
    }
    return columns.lines("");
  }

  private static List<Step> sampled(TrainingMetrics metrics) {
    List<Step> steps = metrics.steps();
    TreeMap<Long, Step> chosen = new TreeMap<>();
    int rows = Math.min(ROWS, steps.size());
    for (int i = 0; i < rows; i++) {
      int from = (int) ((long) steps.size() * i / rows);
      int to = (int) ((long) steps.size() * (i + 1) / rows);
      Step fullest = steps.get(from);
      for (Step step : steps.subList(from, to)) {
        if (step.values().size() >= fullest.values().size()) {
          fullest = step;
        }
      }
      chosen.put(fullest.step(), fullest);
    }
    Optional<Long> best = metrics.best().map(Point::step);
    for (Step step : steps) {
      if (best.filter(b -> b == step.step()).isPresent()) {
        chosen.put(step.step(), step);
      }
    }
    Step last = steps.get(steps.size() - 1);
    chosen.put(last.step(), last);
    return List.copyOf(chosen.values());
  }

  private static List<String> notes(TrainingMetrics metrics) {
    List<String> notes = new ArrayList<>();
    metrics
        .diverged()
        .ifPresent(
            step ->
                notes.add(
                    "The loss is not finite at step "
                        + Figures.count(step)
                        + ": training diverged. Retrain with a lower learning rate."));
    metrics
        .best()
        .ifPresent(
            best ->
                notes.add(
                    "Best step by %s: %s (%s)."
                        .formatted(
                            metrics.validationLoss().title(),
                            Figures.count(best.step()),
                            figure(best.value()))));
    Overfitting.of(metrics).map(Overfitting::text).ifPresent(notes::add);
    if (metrics.repeatedRows() > 0) {
      notes.add(
          Figures.counted(metrics.repeatedRows(), "row repeats", "rows repeat")
              + " a step; the last values are used.");
    }
    if (!metrics.unknownColumns().isEmpty()) {
      notes.add(
          "Unknown columns, not shown: "
              + metrics.unknownColumns().stream()
                  .map(column -> TerminalText.cut(TerminalText.oneLine(column), NAME))
                  .collect(Collectors.joining(", "))
              + ".");
    }
    return notes;
  }

  private static String figure(@Nullable Double value) {
    if (value == null) {
      return "";
    }
    if (!Double.isFinite(value)) {
      return value.isNaN() ? "nan" : value > 0 ? "inf" : "-inf";
    }
    return Math.abs(value) >= 1e5
        ? String.format(Locale.ROOT, "%.1e", value)
        : String.format(Locale.ROOT, "%.4f", value);
  }
}
