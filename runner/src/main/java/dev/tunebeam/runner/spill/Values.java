package dev.tunebeam.runner.spill;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import org.apache.beam.sdk.coders.Coder;

/**
 * The values of several parts as a stream: each is decoded when it is asked for, and none is kept.
 * Can be iterated any number of times, also by two readers at once.
 */
public final class Values<T> implements Iterable<T> {

  private final List<Part> parts;
  private final Coder<T> coder;

  Values(List<Part> parts, Coder<T> coder) {
    this.parts = parts;
    this.coder = coder;
  }

  /** How many values there are. */
  public long count() {
    return parts.stream().mapToLong(Part::count).sum();
  }

  /** How long they are, encoded. */
  public long bytes() {
    return parts.stream().mapToLong(Part::bytes).sum();
  }

  @Override
  public Iterator<T> iterator() {
    return new Decoding();
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%d values", count());
  }

  private final class Decoding implements Iterator<T> {

    private int part;
    private long left;
    private InputStream in = InputStream.nullInputStream();

    @Override
    public boolean hasNext() {
      while (left == 0 && part < parts.size()) {
        Part next = parts.get(part++);
        left = next.count();
        in = next.open();
      }
      return left > 0;
    }

    @Override
    public T next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      left--;
      try {
        return coder.decode(in);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
