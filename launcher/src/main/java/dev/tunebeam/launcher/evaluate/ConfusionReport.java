package dev.tunebeam.launcher.evaluate;

import dev.tunebeam.dataset.terminal.Columns;
import dev.tunebeam.dataset.terminal.Figures;
import dev.tunebeam.dataset.terminal.TerminalText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A {@link ConfusionMatrix} as text. */
final class ConfusionReport {

  /** Maximum number of classes for which the full matrix is shown. */
  private static final int FULL = 12;

  private static final int CONFUSIONS = 20;
  private static final int WIDTH = 100;
  private static final int LABEL = 40;

  private record Confusion(int actual, int predicted, long count) {}

  private ConfusionReport() {}

  /** The matrix, or its most frequent confusions. */
  static List<String> lines(ConfusionMatrix matrix) {
    return matrix.labels().size() <= FULL ? full(matrix) : mostFrequent(matrix);
  }

  private static List<String> full(ConfusionMatrix matrix) {
    List<String> lines = new ArrayList<>();
    lines.add("Confusion matrix (rows: actual class, columns: predicted class):");
    List<String> named = table(matrix, false);
    boolean fits = named.stream().allMatch(line -> TerminalText.width(line) <= WIDTH);
    lines.addAll(fits ? named : table(matrix, true));
    return lines;
  }

  /** The table, with labels or row numbers as column headers. */
  private static List<String> table(ConfusionMatrix matrix, boolean numbered) {
    int size = matrix.labels().size();
    Columns columns = new Columns((numbered ? "rl" : "l") + "r".repeat(size + 1));
    List<String> head = new ArrayList<>(numbered ? List.of("", "") : List.of(""));
    for (int i = 0; i < size; i++) {
      head.add(numbered ? Integer.toString(i + 1) : name(matrix, i));
    }
    head.add(ConfusionMatrix.NONE);
    columns.row(head.toArray(new String[0]));
    for (int i = 0; i < size; i++) {
      List<String> row = new ArrayList<>();
      if (numbered) {
        row.add(Integer.toString(i + 1));
        row.add(EvaluationReport.label(matrix.labels().get(i), LABEL / 2));
      } else {
        row.add(name(matrix, i));
      }
      matrix.counts().get(i).forEach(count -> row.add(Figures.count(count)));
      columns.row(row.toArray(new String[0]));
    }
    return columns.lines("");
  }

  private static List<String> mostFrequent(ConfusionMatrix matrix) {
    List<Confusion> confusions = new ArrayList<>();
    for (int i = 0; i < matrix.labels().size(); i++) {
      for (int j = 0; j <= matrix.labels().size(); j++) {
        if (i != j && matrix.count(i, j) > 0) {
          confusions.add(new Confusion(i, j, matrix.count(i, j)));
        }
      }
    }
    if (confusions.isEmpty()) {
      return List.of("No confusions.");
    }
    // The sort is stable: equal counts stay in the order of the labels.
    confusions.sort(Comparator.comparingLong(Confusion::count).reversed());
    Columns columns = new Columns("llrr");
    columns.row("actual", "predicted", "count", "of actual");
    for (Confusion one : confusions.subList(0, Math.min(CONFUSIONS, confusions.size()))) {
      columns.row(
          name(matrix, one.actual),
          name(matrix, one.predicted),
          Figures.count(one.count),
          Figures.percent(one.count, matrix.support(one.actual)));
    }
    List<String> lines = new ArrayList<>();
    lines.add("Most frequent confusions:");
    lines.addAll(columns.lines(""));
    List<Confusion> rest =
        confusions.subList(Math.min(CONFUSIONS, confusions.size()), confusions.size());
    if (!rest.isEmpty()) {
      lines.add(
          "and %s with %s."
              .formatted(
                  Figures.counted(rest.size(), "more pair of classes", "more pairs of classes"),
                  Figures.counted(
                      rest.stream().mapToLong(Confusion::count).sum(), "example", "examples")));
    }
    return lines;
  }

  private static String name(ConfusionMatrix matrix, int index) {
    return index < matrix.labels().size()
        ? EvaluationReport.label(matrix.labels().get(index), LABEL)
        : ConfusionMatrix.NONE;
  }
}
