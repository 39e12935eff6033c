package dev.tunebeam.transforms.read.json;

import dev.tunebeam.transforms.read.input.ByteWindow;
import dev.tunebeam.transforms.read.input.LineReader;
import java.io.IOException;
import java.util.Arrays;

/**
 * Finds the start and end of the JSON values of a stream, by brackets and quotes alone, in any
 * encoding in which ASCII bytes stand only for ASCII characters. The values themselves are not
 * validated.
 */
public final class JsonValueScanner {

  /** The result of {@link #scan}. */
  public enum Found {
    VALUE,
    /** A value longer than the limit; only its beginning is held. */
    TOO_LONG,
    /** A value that has no end. */
    CUT_OFF,
    /** A character that cannot begin a value. */
    NOTHING
  }

  private final ByteWindow window;
  private final int maxBytes;

  private int consumed;
  private byte[] value = new byte[0];
  private int offset;
  private int length;
  private boolean controlCharacter;
  private long line = 1;
  private long column = 1;

  public JsonValueScanner(ByteWindow window, int maxBytes) {
    this.window = window;
    this.maxBytes = maxBytes;
  }

  /** Skips whitespace; true at the end of the stream. */
  public boolean atEnd() throws IOException {
    drop(consumed);
    consumed = 0;
    while (window.has(0)) {
      if (!isBlank(window.at(0))) {
        return false;
      }
      drop(1);
    }
    return true;
  }

  /** Skips whitespace and the next character if it is {@code expected}. */
  boolean take(char expected) throws IOException {
    if (atEnd() || window.at(0) != expected) {
      return false;
    }
    drop(1);
    return true;
  }

  /** Skips whitespace and finds the value that follows. */
  public Found scan() throws IOException {
    if (atEnd()) {
      return Found.NOTHING;
    }
    controlCharacter = false;
    byte first = window.at(0);
    if (first == ',' || first == ':' || first == ']' || first == '}') {
      return Found.NOTHING;
    }
    boolean structure = first == '{' || first == '[' || first == '"';
    Cursor cursor = new Cursor();
    boolean tooLong = false;
    long beginLine = line;
    long beginColumn = column;
    while (structure ? !cursor.closed : !cursor.atScalarEnd()) {
      if (cursor.at > maxBytes) {
        if (!tooLong) {
          hold(Math.min(cursor.at, LineReader.KEPT_BYTES), true);
        }
        tooLong = true;
        drop(cursor.at);
        cursor.at = 0;
      }
      if (!window.has(cursor.at)) {
        if (structure) {
          line = beginLine;
          column = beginColumn;
          return Found.CUT_OFF;
        }
        break;
      }
      cursor.step(window.at(cursor.at));
    }
    consumed = cursor.at;
    if (tooLong) {
      return Found.TOO_LONG;
    }
    boolean over = cursor.at > maxBytes;
    hold(over ? Math.min(cursor.at, LineReader.KEPT_BYTES) : cursor.at, over);
    return over ? Found.TOO_LONG : Found.VALUE;
  }

  /** The array with the value at {@link #offset}, valid until the next scan. */
  byte[] bytes() {
    return value;
  }

  int offset() {
    return offset;
  }

  int length() {
    return length;
  }

  /**
   * Whether a string in the value contains a control character, which JSON requires to be escaped.
   */
  boolean controlCharacter() {
    return controlCharacter;
  }

  /** The line of the start of the value, from 1; without a value, of the next character. */
  long line() {
    return line;
  }

  /** The same for the column, in characters, from 1. */
  long column() {
    return column;
  }

  private void hold(int count, boolean copy) {
    int start = window.start();
    value = copy ? Arrays.copyOfRange(window.bytes(), start, start + count) : window.bytes();
    offset = copy ? 0 : start;
    length = count;
  }

  private void drop(int count) {
    byte[] bytes = window.bytes();
    int end = window.start() + count;
    for (int i = window.start(); i < end; i++) {
      if (bytes[i] == '\n') {
        line++;
        column = 1;
      } else if ((bytes[i] & 0xC0) != 0x80) {
        column++;
      }
    }
    window.drop(count);
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }

  /** The state of a scan within a value. */
  private final class Cursor {

    private int at;
    private int depth;
    private boolean inText;
    private boolean escaped;
    private boolean closed;

    void step(byte b) {
      at++;
      if (inText) {
        stepInText(b);
      } else if (b == '"') {
        inText = true;
      } else if (b == '{' || b == '[') {
        depth++;
      } else if (b == '}' || b == ']') {
        depth--;
        closed = depth == 0;
      }
    }

    private void stepInText(byte b) {
      if (escaped) {
        escaped = false;
      } else if (b == '\\') {
        escaped = true;
      } else if (b == '"') {
        inText = false;
        closed = depth == 0;
      } else if (b >= 0 && b < ' ') {
        controlCharacter = true;
      }
    }

    boolean atScalarEnd() throws IOException {
      if (!window.has(at)) {
        return false;
      }
      byte b = window.at(at);
      return isBlank(b) || b == ',' || b == ']' || b == '}' || b == '{' || b == '[' || b == '"';
    }
  }
}
