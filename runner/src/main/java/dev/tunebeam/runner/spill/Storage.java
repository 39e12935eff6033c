package dev.tunebeam.runner.spill;

import java.nio.file.Path;

/**
 * Where values are kept between the stages of a job.
 *
 * @param folder for temporary files
 * @param budget the memory of all buffers together
 * @param workers that share the budget
 */
public record Storage(Path folder, MemoryBudget budget, int workers) {

  private static final int LEAST_PAGE = 1 << 10;
  private static final int LARGEST_PAGE = 1 << 16;

  /**
   * Storage of a job.
   *
   * @param budgetBytes that the buffers may hold, of which each grows by small steps
   */
  public static Storage of(Path folder, long budgetBytes, int workers) {
    long page = Long.highestOneBit(Math.max(1, budgetBytes / (64L * workers)));
    return new Storage(
        folder,
        new MemoryBudget(budgetBytes, (int) Math.max(LEAST_PAGE, Math.min(LARGEST_PAGE, page))),
        workers);
  }

  /** What each worker may hold even if the others, or collections that are read, hold all. */
  public long leastPerWorker() {
    return budget.limit() / (4L * workers);
  }
}
