package dev.tunebeam.transforms.write;

import dev.tunebeam.transforms.split.SplitPlan;
import java.io.Serializable;

/** What is known once all shards are deduplicated, and each writer needs. */
public record WritePlan(SplitPlan split, Positions positions) implements Serializable {}
