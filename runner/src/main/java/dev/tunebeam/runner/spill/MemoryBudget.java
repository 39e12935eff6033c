package dev.tunebeam.runner.spill;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How much the buffers of all workers hold together, and how much they may. Pages that are given
 * back are kept for the next buffer: new ones would have to be cleared, and moved by the garbage
 * collector as long as they are young.
 */
final class MemoryBudget {

  private final long limit;
  private final int pageBytes;
  private final AtomicLong held = new AtomicLong();
  private final Queue<byte[]> spare = new ConcurrentLinkedQueue<>();

  /**
   * Nothing is held yet.
   *
   * @param limit in bytes
   * @param pageBytes by how much a buffer grows; a power of two
   */
  MemoryBudget(long limit, int pageBytes) {
    this.limit = limit;
    this.pageBytes = pageBytes;
  }

  /** A page with any content. */
  byte[] takePage() {
    take(pageBytes);
    byte[] page = spare.poll();
    return page == null ? new byte[pageBytes] : page;
  }

  void releasePages(List<byte[]> pages) {
    release((long) pages.size() * pageBytes);
    spare.addAll(pages);
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

  int pageBytes() {
    return pageBytes;
  }
}
