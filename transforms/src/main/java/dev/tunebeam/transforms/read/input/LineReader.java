package dev.tunebeam.transforms.read.input;

import dev.tunebeam.transforms.row.Rejected;
import java.io.IOException;
import java.util.Arrays;

/**
 * Finds the lines of a byte stream, in any encoding in which the byte 10 is {@code \n} and nothing
 * else. A line ends with {@code \n} or {@code \r\n}; the last one may lack it. Of a line longer
 * than the limit only the beginning is held.
 */
public final class LineReader {

  /** Enough bytes for the raw text of a rejected row, in every encoding. */
  public static final int KEPT_BYTES = Rejected.MAX_RAW_CHARS * 4;

  private final ByteWindow window;
  private final int maxBytes;

  private int consumed;
  private byte[] line = new byte[0];
  private int offset;
  private int length;
  private boolean tooLong;
  private long position;

  public LineReader(ByteWindow window, int maxBytes) {
    this.window = window;
    this.maxBytes = maxBytes;
  }

  /** Moves to the next line; false at the end. */
  public boolean next() throws IOException {
    settle();
    position = window.position();
    int scanned = 0;
    while (true) {
      int end = lineEnd(scanned);
      if (end >= 0) {
        hold(end);
        consumed = end + 1;
        return true;
      }
      scanned = window.length();
      if (scanned > maxBytes + 1) {
        holdBeginning(scanned);
        return true;
      }
      if (!window.more()) {
        hold(scanned);
        consumed = scanned;
        return scanned > 0;
      }
    }
  }

  /** Skips past the next line ending, or to the first byte at or after {@code limit}. */
  public void skipLine(long limit) throws IOException {
    settle();
    while (window.position() < limit) {
      int end = lineEnd(0);
      if (end >= 0) {
        window.drop(end + 1);
        return;
      }
      window.drop(window.length());
      if (!window.more()) {
        return;
      }
    }
  }

  /** Offset in the stream of the next line. */
  public long nextPosition() {
    return window.position() + consumed;
  }

  /** Offset in the stream of this line's first byte. */
  long position() {
    return position;
  }

  /** The array with the line at {@link #offset}, valid until the next line. */
  public byte[] bytes() {
    return line;
  }

  public int offset() {
    return offset;
  }

  /**
   * Length of the line in bytes without its ending; for a line that is too long, of what is held.
   */
  public int length() {
    return length;
  }

  /** Whether the line, without its ending, is longer than the limit. */
  public boolean tooLong() {
    return tooLong;
  }

  /** Whether the line contains only spaces and tabs. */
  public boolean blank() {
    for (int i = offset; i < offset + length; i++) {
      if (line[i] != ' ' && line[i] != '\t' && line[i] != '\r') {
        return false;
      }
    }
    return true;
  }

  private void settle() {
    window.drop(consumed);
    consumed = 0;
  }

  private int lineEnd(int from) {
    byte[] bytes = window.bytes();
    int start = window.start();
    int end = start + window.length();
    for (int i = start + from; i < end; i++) {
      if (bytes[i] == '\n') {
        return i - start;
      }
    }
    return -1;
  }

  private void hold(int count) {
    line = window.bytes();
    offset = window.start();
    boolean carriageReturn = count > 0 && line[offset + count - 1] == '\r';
    length = carriageReturn ? count - 1 : count;
    tooLong = length > maxBytes;
  }

  private void holdBeginning(int scanned) throws IOException {
    line =
        Arrays.copyOfRange(
            window.bytes(), window.start(), window.start() + Math.min(scanned, KEPT_BYTES));
    offset = 0;
    length = line.length;
    tooLong = true;
    window.drop(scanned);
    skipLine(Long.MAX_VALUE);
  }
}
