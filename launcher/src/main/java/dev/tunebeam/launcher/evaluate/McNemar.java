package dev.tunebeam.launcher.evaluate;

/**
 * McNemar's exact test of two models that are right or wrong on the same rows: if they are equally
 * good, the rows that only one has right are those of either with probability 1/2, so their number
 * is binomial. The bound of the difference is that of Tango's score interval (Statistics in
 * Medicine 17, 1998), which also holds where the models never disagree. Deterministic; time in the
 * number of disagreements.
 */
final class McNemar {

  private static final int STEPS = 200;

  private McNemar() {}

  /**
   * Tests a model against another one.
   *
   * @param only rows that only the model has right
   * @param other rows that only the other one has right
   * @param rows all of them, also those that both have right or wrong
   */
  static PairedTest of(long only, long other, long rows) {
    if (only < 0 || other < 0 || only + other > rows) {
      throw new IllegalArgumentException(only + " and " + other + " of " + rows);
    }
    if (rows == 0) {
      return new PairedTest(0, -1, 1, 1, 0, 0);
    }
    return new PairedTest(
        (double) (only - other) / rows,
        lowerBound(only, other, rows),
        atMost(other, only + other),
        atMost(only, only + other),
        (double) (only + other) / rows,
        rows);
  }

  /** The probability of at most {@code k} heads in {@code n} throws of a coin. */
  static double atMost(long k, long n) {
    if (k >= n) {
      return 1;
    }
    if (2 * k >= n) {
      return 1 - atMost(n - k - 1, n);
    }
    // The sum relative to its last and largest term, whose logarithm does not underflow.
    double sum = 1;
    double term = 1;
    for (long i = k; i > 0 && term > sum * 1e-18; i--) {
      term *= (double) i / (n - i + 1);
      sum += term;
    }
    double log = -n * Math.log(2);
    for (long i = 1; i <= k; i++) {
      log += Math.log((double) (n - k + i) / i);
    }
    return Math.min(1, Math.exp(log) * sum);
  }

  /** Where the score statistic of the difference is the quantile, by bisection. */
  private static double lowerBound(long only, long other, long rows) {
    double low = -1;
    double high = (double) (only - other) / rows;
    for (int step = 0; step < STEPS; step++) {
      double middle = (low + high) / 2;
      if (score(only, other, rows, middle) > PairedTest.Z) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return (low + high) / 2;
  }

  /** How many standard deviations the rows are above a difference. */
  private static double score(long only, long other, long n, double difference) {
    double a = 2.0 * n;
    double b = -only - other + (2.0 * n - only + other) * difference;
    double c = -other * difference * (1 - difference);
    double q = (Math.sqrt(Math.max(0, b * b - 4 * a * c)) - b) / (2 * a);
    double variance = n * (2 * q + difference * (1 - difference));
    double above = only - other - n * difference;
    return variance <= 0 ? (above > 0 ? Double.POSITIVE_INFINITY : 0) : above / Math.sqrt(variance);
  }
}
