package dev.tunebeam.launcher.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A confusion matrix.
 *
 * @param labels the classes, sorted
 * @param counts a row per actual class, a column per predicted class, both in the order of the
 *     labels, and a last column for answers that match no class. Memory: 8 bytes per cell.
 */
record ConfusionMatrix(List<String> labels, List<List<Long>> counts) {

  /** The header of the column of answers that match no class. */
  static final String NONE = "(none)";

  /** Checks order and shape. */
  public ConfusionMatrix {
    labels = List.copyOf(labels);
    counts = counts.stream().map(List::copyOf).toList();
    if (!labels.equals(List.copyOf(new TreeSet<>(labels)))) {
      throw new IllegalArgumentException("labels are not sorted: " + labels);
    }
    int columns = labels.size() + 1;
    if (counts.size() != labels.size()
        || counts.stream().anyMatch(r -> r.size() != columns || r.stream().anyMatch(n -> n < 0))) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "not %d rows of %d", labels.size(), columns));
    }
  }

  /**
   * Counts predictions.
   *
   * @param classes the classes of the dataset; other classes of examples are added
   * @param answers the predictions in any order
   */
  static ConfusionMatrix of(Collection<String> classes, Collection<Prediction> answers) {
    TreeSet<String> all = new TreeSet<>(classes);
    answers.forEach(answer -> all.add(answer.actual()));
    List<String> labels = List.copyOf(all);
    TreeMap<String, Integer> index = new TreeMap<>();
    labels.forEach(label -> index.put(label, index.size()));
    long[][] counts = new long[labels.size()][labels.size() + 1];
    for (Prediction answer : answers) {
      int row = index.getOrDefault(answer.actual(), -1);
      String predicted = answer.predicted();
      int column = predicted == null ? labels.size() : index.getOrDefault(predicted, -1);
      if (column < 0) {
        throw new IllegalArgumentException("unknown class: " + predicted);
      }
      counts[row][column]++;
    }
    List<List<Long>> rows = new ArrayList<>();
    for (long[] row : counts) {
      rows.add(Arrays.stream(row).boxed().toList());
    }
    return new ConfusionMatrix(labels, rows);
  }

  /** The count of a cell by index; the last column is no class. */
  long count(int actual, int predicted) {
    return counts.get(actual).get(predicted);
  }

  /** The number of examples of a class, by index. */
  long support(int actual) {
    return counts.get(actual).stream().mapToLong(Long::longValue).sum();
  }

  /** The number of predictions of a class, by index; the last one is no class. */
  long predicted(int predicted) {
    return counts.stream().mapToLong(row -> row.get(predicted)).sum();
  }

  /** The number of examples. */
  long examples() {
    return counts.stream().flatMap(List::stream).mapToLong(Long::longValue).sum();
  }

  /** The number of correct predictions. */
  long right() {
    long right = 0;
    for (int i = 0; i < labels.size(); i++) {
      right += count(i, i);
    }
    return right;
  }
}
