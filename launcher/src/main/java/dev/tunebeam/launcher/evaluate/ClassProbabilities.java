package dev.tunebeam.launcher.evaluate;

import java.util.Collections;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The class probabilities of one example.
 *
 * @param byClass the probability of each class, 0 if no reported token matches it. Not normalized:
 *     the remaining probability belongs to tokens that match no class or several, and to tokens
 *     that the provider did not report.
 */
public record ClassProbabilities(SortedMap<String, Double> byClass) {

  /** Copies the probabilities. */
  public ClassProbabilities {
    byClass = Collections.unmodifiableSortedMap(new TreeMap<>(byClass));
  }

  /**
   * The probability of a class normalized over all classes, which is the score for AUROC and AUPRC.
   * Empty if all probabilities are 0.
   */
  OptionalDouble share(String label) {
    double sum = byClass.values().stream().mapToDouble(Double::doubleValue).sum();
    return sum > 0
        ? OptionalDouble.of(byClass.getOrDefault(label, 0.0) / sum)
        : OptionalDouble.empty();
  }
}
