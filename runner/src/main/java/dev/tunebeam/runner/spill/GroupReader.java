package dev.tunebeam.runner.spill;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import org.apache.beam.sdk.coders.Coder;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a partition in the order of their bytes, each once, with all of its values.
 *
 * <p>Holds a buffer for each run of the partition, and no values: those of a key are a stream over
 * its parts.
 */
public final class GroupReader<T> {

  private final Coder<T> coder;
  private final PriorityQueue<Head> heads = new PriorityQueue<>();

  GroupReader(Coder<T> coder, List<Run.Fragments> runs) throws IOException {
    this.coder = coder;
    for (Run.Fragments fragments : runs) {
      addIfMore(new Head(fragments));
    }
  }

  /** The next key, or null behind the last. */
  public @Nullable Group<T> next() throws IOException {
    if (heads.isEmpty()) {
      return null;
    }
    EncodedKey key = heads.element().fragments.key();
    List<Part> parts = new ArrayList<>();
    while (!heads.isEmpty() && heads.element().fragments.key().equals(key)) {
      Head head = heads.remove();
      parts.add(head.fragments.values());
      addIfMore(head);
    }
    return new Group<>(key.bytes(), new Values<>(parts, coder));
  }

  private void addIfMore(Head head) throws IOException {
    if (head.fragments.advance()) {
      heads.add(head);
    }
  }

  /** A key's bytes and its values. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  public record Group<T>(byte[] key, Values<T> values) {}

  private record Head(Run.Fragments fragments) implements Comparable<Head> {

    @Override
    public int compareTo(Head other) {
      return fragments.key().compareTo(other.fragments.key());
    }
  }
}
