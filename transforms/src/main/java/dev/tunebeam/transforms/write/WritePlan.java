package dev.tunebeam.transforms.write;

import dev.tunebeam.transforms.split.SplitPlan;
import java.io.Serializable;

/**
 * The input of all writers, known once all shards are deduplicated.
 *
 * @param countsClasses whether files list their examples per class; false if there are too many
 *     classes
 */
record WritePlan(SplitPlan split, Positions positions, boolean countsClasses)
    implements Serializable {}
