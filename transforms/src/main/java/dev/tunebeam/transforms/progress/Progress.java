package dev.tunebeam.transforms.progress;

import java.util.concurrent.atomic.LongAdder;

/**
 * Progress of the stages in this JVM, for display. Approximate: on a cluster the rows are processed
 * elsewhere, and retried stages count again. Exact counts are in the job's report.
 */
public final class Progress {

  private static final LongAdder READ = new LongAdder();
  private static final LongAdder DEDUPLICATED = new LongAdder();
  private static final LongAdder WRITTEN = new LongAdder();

  private Progress() {}

  /** Counts rows read. */
  public static void read(long rows) {
    READ.add(rows);
  }

  /** Counts rows received by a shard. */
  public static void deduplicated(long rows) {
    DEDUPLICATED.add(rows);
  }

  /** Counts examples written. */
  public static void written(long rows) {
    WRITTEN.add(rows);
  }

  /** The stage that most workers are in. */
  public static String stage() {
    return WRITTEN.sum() > 0
        ? "writing shards"
        : DEDUPLICATED.sum() > 0 ? "removing duplicates" : "reading and counting tokens";
  }

  /** The rows of that stage. */
  public static long rows() {
    long written = WRITTEN.sum();
    long deduplicated = DEDUPLICATED.sum();
    return written > 0 ? written : deduplicated > 0 ? deduplicated : READ.sum();
  }

  /** Resets the counters, for the next job in the same JVM. */
  public static void reset() {
    READ.reset();
    DEDUPLICATED.reset();
    WRITTEN.reset();
  }
}
