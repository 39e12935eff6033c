package dev.tunebeam.transforms.sides;

import dev.tunebeam.transforms.files.BeamFiles;
import dev.tunebeam.transforms.fingerprint.Fingerprint;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * The sides of the dataset before: files of {@link Known} entries, sorted within and among them.
 * Serializable: workers read the ranges of their shards, whatever the number of shards was.
 *
 * @param parts the files in order
 */
public record PreviousSides(List<Part> parts) implements Serializable {

  private static final int BUFFER = 1 << 16;

  /** No dataset before. */
  public static final PreviousSides NONE = new PreviousSides(List.of());

  /**
   * A file, which is not empty.
   *
   * @param path where it is
   * @param entries their number
   * @param first the beginning of the first fingerprint
   */
  public record Part(String path, long entries, long first) implements Serializable {}

  /** Makes an immutable copy. */
  public PreviousSides {
    parts = List.copyOf(parts);
  }

  /** The entries of a shard, in order; to be closed. Holds one buffer. */
  public Range ofShard(int shard, int shards) {
    return new Range(shard, shards);
  }

  /** The entries of one shard. */
  public final class Range implements Iterator<Known>, AutoCloseable {

    private final int shard;
    private final int shards;
    private int part;
    private @Nullable DataInputStream in;
    private long left;
    private @Nullable Known next;

    private Range(int shard, int shards) {
      this.shard = shard;
      this.shards = shards;
      while (part + 1 < parts.size()
          && new Known(parts.get(part + 1).first(), 0).shard(shards) < shard) {
        part++;
      }
      next = read();
      while (next != null && next.shard(shards) < shard) {
        next = read();
      }
    }

    @Override
    public boolean hasNext() {
      return next != null && next.shard(shards) == shard;
    }

    /** The next one without taking it; null at the end. */
    public @Nullable Known peek() {
      return hasNext() ? next : null;
    }

    @Override
    public Known next() {
      Known known = peek();
      if (known == null) {
        throw new NoSuchElementException();
      }
      next = read();
      return known;
    }

    /** The entry of a fingerprint, null for none; fingerprints have to come in order. */
    public @Nullable Known find(Fingerprint key) {
      Known known = peek();
      while (known != null && known.compareKey(key) < 0) {
        next();
        known = peek();
      }
      return known != null && known.compareKey(key) == 0 ? known : null;
    }

    private @Nullable Known read() {
      try {
        while (left == 0) {
          close();
          if (part == parts.size()) {
            return null;
          }
          Part opened = parts.get(part++);
          left = opened.entries();
          in =
              new DataInputStream(
                  new BufferedInputStream(
                      Channels.newInputStream(BeamFiles.open(opened.path())), BUFFER));
        }
        left--;
        return in == null ? null : new Known(in.readLong(), in.readLong());
      } catch (EOFException e) {
        throw new UncheckedIOException(
            "the file of sides is cut: " + parts.get(part - 1).path(), e);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() {
      try {
        if (in != null) {
          in.close();
          in = null;
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
