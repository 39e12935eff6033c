package dev.tunebeam.launcher.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How often which class was answered for which class.
 *
 * @param labels the classes, sorted
 * @param counts a row for each class, in the order of the labels: how often its examples were
 *     answered with each class, in the same order, and last with none of them. In memory: 8 bytes
 *     for each pair of classes.
 */
record ConfusionMatrix(List<String> labels, List<List<Long>> counts) {

  /** What the column of answers that are no class is called. */
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
      throw new IllegalArgumentException("not %d rows of %d".formatted(labels.size(), columns));
    }
  }

  /**
   * Counts answers.
   *
   * @param classes those of the dataset; classes of examples that are missing here are added
   * @param answers in any order
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
        throw new IllegalArgumentException("the answer " + predicted + " is no class");
      }
      counts[row][column]++;
    }
    List<List<Long>> rows = new ArrayList<>();
    for (long[] row : counts) {
      rows.add(Arrays.stream(row).boxed().toList());
    }
    return new ConfusionMatrix(labels, rows);
  }

  /** How often the class in this place was answered with that one; after the last: with none. */
  long count(int actual, int predicted) {
    return counts.get(actual).get(predicted);
  }

  /** Examples of the class in this place. */
  long support(int actual) {
    return counts.get(actual).stream().mapToLong(Long::longValue).sum();
  }

  /** Answers that were the class in this place; after the last: that were none. */
  long predicted(int predicted) {
    return counts.stream().mapToLong(row -> row.get(predicted)).sum();
  }

  /** All examples. */
  long examples() {
    return counts.stream().flatMap(List::stream).mapToLong(Long::longValue).sum();
  }

  /** Examples that were answered with their class. */
  long right() {
    long right = 0;
    for (int i = 0; i < labels.size(); i++) {
      right += count(i, i);
    }
    return right;
  }
}
