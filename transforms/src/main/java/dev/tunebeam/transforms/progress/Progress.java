package dev.tunebeam.transforms.progress;

import java.util.concurrent.atomic.LongAdder;

/**
 * How far the stages in this JVM are, for a person who waits. A hint: on a cluster the rows pass
 * elsewhere, and a stage that is run again counts again. What matters is in the job's report.
 */
public final class Progress {

  private static final LongAdder READ = new LongAdder();
  private static final LongAdder DEDUPLICATED = new LongAdder();
  private static final LongAdder WRITTEN = new LongAdder();

  private Progress() {}

  /** Rows came out of the input. */
  public static void read(long rows) {
    READ.add(rows);
  }

  /** Rows were taken into a shard. */
  public static void deduplicated(long rows) {
    DEDUPLICATED.add(rows);
  }

  /** Examples were written. */
  public static void written(long rows) {
    WRITTEN.add(rows);
  }

  /** What most workers are at. */
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

  /** Begins anew, for the next job in the same JVM. */
  public static void reset() {
    READ.reset();
    DEDUPLICATED.reset();
    WRITTEN.reset();
  }
}
