package dev.tunebeam.launcher.evaluate;

import java.util.Collection;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * Ranking metrics: how well scores separate the positive examples from the negative ones. Equal
 * scores share a rank; the order of the examples does not matter.
 */
final class Ranking {

  /** Positive and negative examples by score. */
  private final TreeMap<Double, long[]> byScore = new TreeMap<>();

  private long positives;
  private long negatives;

  /**
   * The score of an example.
   *
   * @param positive whether the example is positive
   * @param score higher means more likely positive; finite
   */
  record Scored(boolean positive, double score) {

    /** Checks the score. */
    public Scored {
      if (!Double.isFinite(score)) {
        throw new IllegalArgumentException("the score " + score + " is not finite");
      }
      // 0 and -0 are the same score.
      score += 0.0;
    }
  }

  /** A ranking of the examples. */
  Ranking(Collection<Scored> examples) {
    for (Scored example : examples) {
      long[] counts = byScore.computeIfAbsent(example.score(), score -> new long[2]);
      counts[example.positive() ? 0 : 1]++;
      positives += example.positive() ? 1 : 0;
      negatives += example.positive() ? 0 : 1;
    }
  }

  /**
   * The area under the ROC curve: the probability that a positive example has a higher score than a
   * negative one, with ties counting half. As scikit-learn's {@code roc_auc_score}. Empty unless
   * there are examples of both classes.
   */
  OptionalDouble auroc() {
    if (positives == 0 || negatives == 0) {
      return OptionalDouble.empty();
    }
    long halfWins = 0;
    long negativesBelow = 0;
    for (long[] counts : byScore.values()) {
      halfWins += counts[0] * (2 * negativesBelow + counts[1]);
      negativesBelow += counts[1];
    }
    return OptionalDouble.of(halfWins / (2.0 * positives * negatives));
  }

  /**
   * The area under the precision-recall curve as average precision: the sum over descending
   * thresholds of the precision times the increase in recall. Not interpolated, which would be too
   * optimistic. As scikit-learn's {@code average_precision_score}. Empty without a positive
   * example.
   */
  OptionalDouble averagePrecision() {
    if (positives == 0) {
      return OptionalDouble.empty();
    }
    double sum = 0;
    long found = 0;
    long above = 0;
    for (long[] counts : byScore.descendingMap().values()) {
      found += counts[0];
      above += counts[0] + counts[1];
      sum += (double) counts[0] / positives * found / above;
    }
    return OptionalDouble.of(sum);
  }
}
