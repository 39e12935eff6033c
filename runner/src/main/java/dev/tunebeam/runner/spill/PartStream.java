package dev.tunebeam.runner.spill;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** Reads a part to its end, from arrays where it lies anyway or into which it is copied. */
abstract class PartStream extends InputStream {

  private byte[] window = new byte[0];
  private int next;
  private int end;
  private long left;

  /**
   * A stream.
   *
   * @param bytes how many there are in all
   */
  PartStream(long bytes) {
    left = bytes;
  }

  /** Calls {@link #show} with the bytes that come next, at least one; there are as many. */
  abstract void refill(long left) throws IOException;

  final void show(byte[] bytes, int from, long length) {
    window = bytes;
    next = from;
    end = from + (int) Math.min(length, left);
    left -= end - from;
  }

  @Override
  public int read() throws IOException {
    return hasMore() ? window[next++] & 0xFF : -1;
  }

  /** Never less than was asked for before the end: not every coder asks twice. */
  @Override
  public int read(byte[] to, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, to.length);
    int done = 0;
    while (done < length && hasMore()) {
      int some = Math.min(length - done, end - next);
      System.arraycopy(window, next, to, offset + done, some);
      next += some;
      done += some;
    }
    return done == 0 && length > 0 ? -1 : done;
  }

  private boolean hasMore() throws IOException {
    if (next == end) {
      if (left == 0) {
        return false;
      }
      refill(left);
    }
    return true;
  }

  @Override
  public int available() {
    return (int) Math.min(left + end - next, Integer.MAX_VALUE);
  }
}
