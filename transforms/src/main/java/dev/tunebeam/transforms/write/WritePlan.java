package dev.tunebeam.transforms.write;

import dev.tunebeam.transforms.split.SplitPlan;
import java.io.Serializable;

/**
 * What is known once all shards are deduplicated, and each writer needs.
 *
 * @param countsClasses whether files say how many examples of which classes they have; not where
 *     there are too many
 */
public record WritePlan(SplitPlan split, Positions positions, boolean countsClasses)
    implements Serializable {}
