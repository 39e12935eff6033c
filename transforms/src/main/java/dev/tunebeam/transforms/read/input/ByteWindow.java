package dev.tunebeam.transforms.read.input;

import java.io.IOException;
import java.io.InputStream;

/**
 * A sliding window over a stream: bytes stay in it until they are dropped, so that a reader can
 * look ahead and go back. Holds at most twice what is kept, and at least 64 KiB.
 */
public final class ByteWindow {

  private static final int FIRST_SIZE = 1 << 16;

  private final InputStream in;
  private byte[] bytes = new byte[FIRST_SIZE];
  private int start;
  private int end;
  private boolean ended;
  private long position;

  /**
   * @param in the stream; not closed here
   * @param position offset of its first byte
   */
  public ByteWindow(InputStream in, long position) {
    this.in = in;
    this.position = position;
  }

  /** The array of the window; changes with {@link #more}. */
  public byte[] bytes() {
    return bytes;
  }

  /** Index in {@link #bytes} of the window's first byte; changes with {@link #more}. */
  public int start() {
    return start;
  }

  int length() {
    return end - start;
  }

  /** Offset in the stream of the window's first byte. */
  public long position() {
    return position;
  }

  /** Extends the window; false at the end of the stream. */
  boolean more() throws IOException {
    if (ended) {
      return false;
    }
    if (end == bytes.length) {
      makeRoom();
    }
    int count = in.read(bytes, end, bytes.length - end);
    if (count < 0) {
      ended = true;
      return false;
    }
    end += count;
    return true;
  }

  /**
   * Whether there is a byte at {@code offset} from the window's start; extends the window if
   * needed.
   */
  public boolean has(int offset) throws IOException {
    while (offset >= length()) {
      if (!more()) {
        return false;
      }
    }
    return true;
  }

  /** The byte at {@code offset} from the window's start, after {@link #has}. */
  public byte at(int offset) {
    return bytes[start + offset];
  }

  /**
   * The number of bytes up to the end of the stream, at most {@code most}; all stay in the window.
   */
  public int lengthUpTo(int most) throws IOException {
    while (length() < most && more()) {
      // The window grows.
    }
    return Math.min(length(), most);
  }

  /** Drops the first {@code count} bytes of the window. */
  public void drop(int count) {
    start += count;
    position += count;
  }

  private void makeRoom() {
    int kept = end - start;
    byte[] target = kept > bytes.length / 2 ? new byte[bytes.length * 2] : bytes;
    System.arraycopy(bytes, start, target, 0, kept);
    bytes = target;
    start = 0;
    end = kept;
  }
}
