package dev.tunebeam.runner.spill;

import java.util.concurrent.atomic.AtomicLong;

/** How much the buffers of all workers hold together, and how much they may. */
final class MemoryBudget {

  private final long limit;
  private final AtomicLong held = new AtomicLong();

  public MemoryBudget(long limit) {
    this.limit = limit;
  }

  void take(long bytes) {
    held.addAndGet(bytes);
  }

  void release(long bytes) {
    held.addAndGet(-bytes);
  }

  boolean isExceeded() {
    return held.get() > limit;
  }

  long limit() {
    return limit;
  }
}
