package dev.tunebeam.launcher.evaluate;

import java.util.Collections;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How probable each class is as the answer to one example.
 *
 * @param byClass the probability of each class, 0 where none of the known tokens begins it. They
 *     are the model's own, not made to add up to 1: what is missing belongs to tokens that begin no
 *     class or several, and to those that the provider did not report.
 */
public record ClassProbabilities(SortedMap<String, Double> byClass) {

  /** Copies the probabilities. */
  public ClassProbabilities {
    byClass = Collections.unmodifiableSortedMap(new TreeMap<>(byClass));
  }

  /**
   * The probability of a class among the classes: its part of the sum of all. This is the score for
   * AUROC and AUPRC. Empty where no class has any probability.
   */
  OptionalDouble share(String label) {
    double sum = byClass.values().stream().mapToDouble(Double::doubleValue).sum();
    return sum > 0
        ? OptionalDouble.of(byClass.getOrDefault(label, 0.0) / sum)
        : OptionalDouble.empty();
  }
}
