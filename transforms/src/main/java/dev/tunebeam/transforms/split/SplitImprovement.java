package dev.tunebeam.transforms.split;

import java.util.Comparator;

/**
 * What a move does for the classes that it touches. Presence goes before shares.
 *
 * @param present classes that get into both splits, less those that do not stay there
 * @param share by how much the shares' penalty gets less
 */
record SplitImprovement(int present, double share) implements Comparable<SplitImprovement> {

  static final SplitImprovement NONE = new SplitImprovement(0, 0);

  /** Sums of penalties are not exact. */
  private static final double ROUNDING = 1e-6;

  private static final Comparator<SplitImprovement> ORDER =
      Comparator.comparingInt(SplitImprovement::present)
          .thenComparingDouble(SplitImprovement::share);

  SplitImprovement plus(SplitImprovement other) {
    return new SplitImprovement(present + other.present, share + other.share);
  }

  /** Whether it makes the split better. */
  boolean isReal() {
    return present > 0 || (present == 0 && share > ROUNDING);
  }

  @Override
  public int compareTo(SplitImprovement other) {
    return ORDER.compare(this, other);
  }
}
