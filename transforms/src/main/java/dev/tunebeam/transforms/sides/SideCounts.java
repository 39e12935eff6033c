package dev.tunebeam.transforms.sides;

import java.io.Serializable;

/**
 * How the prompts of a dataset differ from those of the dataset before.
 *
 * @param unchanged with the same examples
 * @param changed with other examples
 * @param added never seen before
 * @param back seen before, but not in the dataset before
 * @param gone of the dataset before, and no longer there
 */
public record SideCounts(long unchanged, long changed, long added, long back, long gone)
    implements Serializable {

  public static final SideCounts NONE = new SideCounts(0, 0, 0, 0, 0);

  /** The sums. */
  public SideCounts plus(SideCounts other) {
    return new SideCounts(
        unchanged + other.unchanged,
        changed + other.changed,
        added + other.added,
        back + other.back,
        gone + other.gone);
  }
}
