package dev.tunebeam.runner.spill;

import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.Coder;

/** A collection that is kept: written by all workers, then read segment by segment. */
public final class StoredValues<T> implements AutoCloseable {

  private final Coder<T> coder;
  private final List<Part> segments = new ArrayList<>();
  private final List<SpillFile> files = new ArrayList<>();
  private final List<Runnable> releases = new ArrayList<>();

  public StoredValues(Coder<T> coder) {
    this.coder = coder;
  }

  /** A worker's part in the writing. */
  public StoreBuffer<T> buffer(WorkerBuffers siblings) {
    return new StoreBuffer<>(this, siblings, coder);
  }

  synchronized SpillFile own(SpillFile file) {
    files.add(file);
    return file;
  }

  synchronized void add(List<Part> written, Runnable release) {
    segments.addAll(written);
    releases.add(release);
  }

  /** The values, in parts that can be read side by side. */
  public synchronized List<Values<T>> segments() {
    return segments.stream().map(part -> new Values<>(List.of(part), coder)).toList();
  }

  /** All values as one stream. */
  public synchronized Values<T> all() {
    return new Values<>(List.copyOf(segments), coder);
  }

  /** Gives back memory and files; nothing can be read any more. */
  @Override
  public synchronized void close() {
    releases.forEach(Runnable::run);
    releases.clear();
    segments.clear();
    files.forEach(SpillFile::close);
    files.clear();
  }
}
