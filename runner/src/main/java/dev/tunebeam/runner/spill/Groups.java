package dev.tunebeam.runner.spill;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.Coder;

/**
 * Values by key: written by all workers, then read partition by partition. A key is in one
 * partition only.
 */
public final class Groups<T> implements AutoCloseable {

  private static final int BUFFER = 1 << 16;
  private static final int LEAST_BUFFER = 1 << 10;

  private final Storage storage;
  private final Coder<T> coder;
  private final int partitions;
  private final List<Run> runs = new ArrayList<>();
  private final List<SpillFile> files = new ArrayList<>();
  private final List<Runnable> releases = new ArrayList<>();

  /**
   * Groups of values.
   *
   * @param partitions into which the keys are divided, the least that one worker reads
   */
  public Groups(Storage storage, Coder<T> coder, int partitions) {
    this.storage = storage;
    this.coder = coder;
    this.partitions = partitions;
  }

  public int partitions() {
    return partitions;
  }

  /** A worker's part in the writing. */
  public GroupBuffer<T> buffer(WorkerBuffers siblings) {
    return new GroupBuffer<>(this, siblings, coder);
  }

  synchronized SpillFile own(SpillFile file) {
    files.add(file);
    return file;
  }

  synchronized void add(List<Run> written, Runnable release) {
    runs.addAll(written);
    releases.add(release);
  }

  /** How much there is to read of a partition. */
  public synchronized long bytes(int partition) {
    return runs.stream().mapToLong(run -> run.bytes(partition)).sum();
  }

  /** Reads a partition; can be done any number of times. */
  public synchronized GroupReader<T> read(int partition) throws IOException {
    List<Run.Fragments> fragments = new ArrayList<>();
    int bufferBytes = bufferBytes();
    for (Run run : runs) {
      if (run.bytes(partition) > 0) {
        fragments.add(run.open(partition, bufferBytes));
      }
    }
    return new GroupReader<>(coder, fragments);
  }

  /** The more runs, the smaller the buffers, so that they keep within the budget. */
  private int bufferBytes() {
    long share = storage.leastPerWorker() / Math.max(1, runs.size());
    return (int) Math.max(LEAST_BUFFER, Math.min(BUFFER, share));
  }

  /** Gives back memory and files; nothing can be read any more. */
  @Override
  public synchronized void close() {
    releases.forEach(Runnable::run);
    releases.clear();
    runs.clear();
    files.forEach(SpillFile::close);
    files.clear();
  }
}
