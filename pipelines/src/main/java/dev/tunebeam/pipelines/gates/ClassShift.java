package dev.tunebeam.pipelines.gates;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeSet;

/**
 * How the classes of a dataset differ from those of the one before. The measures are those of
 * TensorFlow Data Validation: {@code infinity_norm} and {@code jensen_shannon_divergence}, the
 * latter with logarithms to base 2, so that it is at most 1. The same on every machine.
 *
 * @param added classes that only the dataset has, sorted
 * @param vanished classes that only the one before has, sorted
 * @param distance the largest difference of a class's shares, 0 to 1
 * @param divergence the Jensen-Shannon divergence of the shares, 0 to 1
 */
record ClassShift(List<String> added, List<String> vanished, double distance, double divergence) {

  /**
   * Compares examples by class.
   *
   * @throws IllegalArgumentException if one of them has no example
   */
  static ClassShift of(SortedMap<String, Long> before, SortedMap<String, Long> now) {
    long wholeBefore = sum(before);
    long wholeNow = sum(now);
    if (wholeBefore == 0 || wholeNow == 0) {
      throw new IllegalArgumentException("no examples to compare");
    }
    TreeSet<String> all = new TreeSet<>(before.keySet());
    all.addAll(now.keySet());
    List<String> added = new ArrayList<>();
    List<String> vanished = new ArrayList<>();
    double distance = 0;
    double divergence = 0;
    for (String name : all) {
      if (!before.containsKey(name)) {
        added.add(name);
      } else if (!now.containsKey(name)) {
        vanished.add(name);
      }
      double p = (double) before.getOrDefault(name, 0L) / wholeBefore;
      double q = (double) now.getOrDefault(name, 0L) / wholeNow;
      distance = Math.max(distance, Math.abs(p - q));
      divergence += (information(p, p + q) + information(q, p + q)) / 2;
    }
    return new ClassShift(added, vanished, distance, Math.max(0, divergence));
  }

  private static long sum(SortedMap<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  /**
   * The summand of the Kullback-Leibler divergence from the mean; StrictMath is exact to the bit.
   */
  private static double information(double share, double both) {
    return share == 0 ? 0 : share * StrictMath.log(2 * share / both) / StrictMath.log(2);
  }
}
