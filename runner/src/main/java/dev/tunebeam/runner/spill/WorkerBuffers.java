package dev.tunebeam.runner.spill;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The buffers that one worker fills at a time. When all workers together hold more than the budget,
 * a worker that goes on writing spills the largest of its own; so together they hold at most a
 * quarter more than the budget.
 */
public final class WorkerBuffers {

  private final Storage storage;
  private final List<Buffer> buffers = new ArrayList<>();

  public WorkerBuffers(Storage storage) {
    this.storage = storage;
  }

  Storage storage() {
    return storage;
  }

  void add(Buffer buffer) {
    buffers.add(buffer);
  }

  /** A buffer that is written is read: it must stay as it is. */
  void remove(Buffer buffer) {
    buffers.remove(buffer);
  }

  /** To be called between two values. */
  void relieve() throws IOException {
    if (storage.budget().isExceeded() && held() > storage.leastPerWorker()) {
      buffers.stream().max(Comparator.comparingLong(Buffer::held)).orElseThrow().spill();
    }
  }

  private long held() {
    long held = 0;
    for (Buffer buffer : buffers) {
      held += buffer.held();
    }
    return held;
  }
}
