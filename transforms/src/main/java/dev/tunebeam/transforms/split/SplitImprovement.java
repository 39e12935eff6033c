package dev.tunebeam.transforms.split;

import java.util.Comparator;

/**
 * The effect of a move on the classes that it changes. Presence in both splits takes precedence
 * over shares.
 *
 * @param present number of classes that become present in both splits, minus those that no longer
 *     are
 * @param share decrease of the penalty for shares
 */
record SplitImprovement(int present, double share) implements Comparable<SplitImprovement> {

  static final SplitImprovement NONE = new SplitImprovement(0, 0);

  /** Tolerance for rounding of sums of penalties. */
  private static final double ROUNDING = 1e-6;

  private static final Comparator<SplitImprovement> ORDER =
      Comparator.comparingInt(SplitImprovement::present)
          .thenComparingDouble(SplitImprovement::share);

  SplitImprovement plus(SplitImprovement other) {
    return new SplitImprovement(present + other.present, share + other.share);
  }

  /** Whether it improves the split. */
  boolean isReal() {
    return present > 0 || (present == 0 && share > ROUNDING);
  }

  @Override
  public int compareTo(SplitImprovement other) {
    return ORDER.compare(this, other);
  }
}
