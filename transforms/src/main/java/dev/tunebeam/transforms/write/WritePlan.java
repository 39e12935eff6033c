package dev.tunebeam.transforms.write;

import dev.tunebeam.transforms.split.SplitPlan;
import java.io.Serializable;

/**
 * The input of all writers, known once all shards are deduplicated.
 *
 * @param newOnly whether train leaves out what the dataset before has unchanged; not together with
 *     a sample, so that what is left out has one reason
 * @param countsClasses whether files list their examples per class; false if there are too many
 *     classes
 */
record WritePlan(SplitPlan split, Positions positions, boolean newOnly, boolean countsClasses)
    implements Serializable {

  WritePlan {
    if (newOnly && split.leavesOut()) {
      throw new IllegalArgumentException("a sample of what is new");
    }
  }

  /** Whether any example may be left out. */
  boolean leavesOut() {
    return newOnly || split.leavesOut();
  }
}
