package dev.tunebeam.transforms.read.input;

import java.io.IOException;
import java.io.InputStream;

/**
 * A window that slides over a stream: bytes stay in it until they are dropped, so a reader can look
 * ahead and go back. It holds no more than twice what is kept, and 64 KiB at least.
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
   * @param in what to read; not closed here
   * @param position offset of its first byte
   */
  public ByteWindow(InputStream in, long position) {
    this.in = in;
    this.position = position;
  }

  /** The array behind the window; another one after {@link #more}. */
  public byte[] bytes() {
    return bytes;
  }

  /** Index in {@link #bytes} of the window's first byte; another one after {@link #more}. */
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

  /** Reads on at the window's end; false if the stream has ended. */
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

  /** Whether there is a byte at {@code offset} from the window's start; reads on to know. */
  public boolean has(int offset) throws IOException {
    while (offset >= length()) {
      if (!more()) {
        return false;
      }
    }
    return true;
  }

  /** The byte at {@code offset} from the window's start, which {@link #has} found. */
  public byte at(int offset) {
    return bytes[start + offset];
  }

  /** Moves the window's start on by {@code count} bytes that are in it. */
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
