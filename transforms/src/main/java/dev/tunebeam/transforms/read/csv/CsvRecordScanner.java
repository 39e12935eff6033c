package dev.tunebeam.transforms.read.csv;

import dev.tunebeam.transforms.read.input.ByteWindow;
import dev.tunebeam.transforms.read.input.LineReader;
import dev.tunebeam.transforms.read.input.RowDecoder;
import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds the records of CSV and TSV text and their fields in one pass, by RFC 4180: a quote opens
 * only at the start of a field, two quotes within one are a quote, a quoted field may span several
 * lines; whitespace between its closing quote and the delimiter is ignored. Works in any encoding
 * in which ASCII bytes stand only for ASCII characters.
 *
 * <p>One file because recovery and fields follow from the same states; no library reports where a
 * broken record ends.
 *
 * <p>If quotes do not match, the first physical line is rejected and the scan restarts at the next
 * one, so that a stray quote costs one row. Lines that a failed search covered may not open a quote
 * across their end: otherwise the search would have met a mismatched quote there. This keeps the
 * work linear: no byte is read more than three times.
 */
final class CsvRecordScanner {

  /** The result of {@link #next}. */
  enum Found {
    RECORD,
    /** The quote that opens on the line is not closed within the limit, or never. */
    NEVER_CLOSED,
    /** Text follows a closing quote. */
    TEXT_AFTER_QUOTE,
    /** A carriage return that is neither quoted nor part of a line ending. */
    CARRIAGE_RETURN,
    /** A line longer than the limit; only its beginning is held. */
    TOO_LONG,
    /** No more records. */
    END
  }

  private enum State {
    FIELD_START,
    PLAIN,
    QUOTED,
    QUOTE_IN_QUOTED,
    AFTER_QUOTED,
    RETURN,
    RECORD_END
  }

  private final ByteWindow window;
  private final int maxBytes;
  private final byte delimiter;

  private int consumed;
  private long lines;
  private long begin;
  private long singleLinesUntil;
  private long looks;

  private byte[] record = new byte[0];
  private int offset;
  private int length;

  // State of the current record, relative to its first byte:
  private int at;
  private int firstLineEnd;
  private int lineStart;
  private int lineEnds;

  // The same for its fields:
  private int[] starts = new int[16];
  private int[] ends = new int[16];
  private final BitSet doubledQuotes = new BitSet();
  private int fields;

  CsvRecordScanner(ByteWindow window, int maxBytes, char delimiter) {
    this.window = window;
    this.maxBytes = maxBytes;
    this.delimiter = (byte) delimiter;
  }

  /** Moves to the next record or rejected line. */
  Found next() throws IOException {
    window.drop(consumed);
    consumed = 0;
    begin = lines + 1;
    at = 0;
    firstLineEnd = -1;
    lineStart = 0;
    lineEnds = 0;
    fields = 0;
    doubledQuotes.clear();
    boolean oneLine = window.position() < singleLinesUntil;
    State state = State.FIELD_START;
    while (window.has(at)) {
      if (at > maxBytes + 1) {
        return firstLineEnd < 0 ? tooLong() : giveUp(Found.NEVER_CLOSED, at);
      }
      byte b = window.at(at++);
      looks++;
      State next = step(state, b);
      if (next != state || next == State.FIELD_START) {
        markField(state, next, at - 1);
      }
      if (b == '\n') {
        lineEnds++;
        lineStart = at;
        firstLineEnd = firstLineEnd < 0 ? at : firstLineEnd;
        if (next == State.RECORD_END) {
          return found();
        }
        if (oneLine) {
          return giveUp(Found.NEVER_CLOSED, 0);
        }
      } else if (next == State.RECORD_END) {
        return giveUp(
            state == State.RETURN ? Found.CARRIAGE_RETURN : Found.TEXT_AFTER_QUOTE, lineStart);
      }
      state = next;
    }
    if (at == 0) {
      return Found.END;
    }
    if (state == State.QUOTED) {
      return giveUp(Found.NEVER_CLOSED, at);
    }
    lineEnds += lineStart < at ? 1 : 0;
    markField(state, State.RECORD_END, at);
    return found();
  }

  /** Records the start or end of a field, if the transition marks one. */
  private void markField(State from, State to, int byteAt) {
    if (from == State.FIELD_START) {
      if (fields == starts.length) {
        starts = Arrays.copyOf(starts, 2 * fields);
        ends = Arrays.copyOf(ends, 2 * fields);
      }
      starts[fields] = to == State.QUOTED ? byteAt + 1 : byteAt;
    }
    if (from == State.QUOTE_IN_QUOTED && to == State.QUOTED) {
      doubledQuotes.set(fields);
    } else if (from == State.QUOTED) {
      ends[fields] = byteAt;
    } else if (from != State.RETURN
        && (to == State.FIELD_START || to == State.RETURN || to == State.RECORD_END)) {
      if (from == State.FIELD_START || from == State.PLAIN) {
        ends[fields] = byteAt;
      }
      fields++;
    }
  }

  /** The values of the record found by {@link #next}, without quotes. */
  String[] values(RowDecoder decoder) {
    String[] values = new String[fields];
    for (int i = 0; i < fields; i++) {
      String value = decoder.lenient(record, offset + starts[i], ends[i] - starts[i]);
      values[i] = doubledQuotes.get(i) ? value.replace("\"\"", "\"") : value;
    }
    return values;
  }

  /** The array with the text at {@link #offset}, valid until the next record. */
  byte[] bytes() {
    return record;
  }

  int offset() {
    return offset;
  }

  /** Length in bytes of the record or rejected line, without the line ending. */
  int length() {
    return length;
  }

  /** The line number of the start of the record, from 1. */
  long begin() {
    return begin;
  }

  /** Number of lines so far, including this record's. */
  long lines() {
    return lines;
  }

  /** Number of bytes read so far, repeats included: the work done. */
  long looks() {
    return looks;
  }

  /**
   * {@link State#RECORD_END} at a line ending is the end of the record, at any other byte an error.
   */
  private State step(State state, byte b) {
    return switch (state) {
      case QUOTED -> b == '"' ? State.QUOTE_IN_QUOTED : State.QUOTED;
      case QUOTE_IN_QUOTED -> b == '"' ? State.QUOTED : afterQuoted(b);
      case AFTER_QUOTED -> afterQuoted(b);
      case FIELD_START -> b == '"' ? State.QUOTED : plain(b);
      case PLAIN -> plain(b);
      case RETURN, RECORD_END -> State.RECORD_END;
    };
  }

  private State plain(byte b) {
    State separated = separated(b);
    return separated == null ? State.PLAIN : separated;
  }

  private State afterQuoted(byte b) {
    State separated = separated(b);
    if (separated != null) {
      return separated;
    }
    return b == ' ' || b == '\t' ? State.AFTER_QUOTED : State.RECORD_END;
  }

  private @Nullable State separated(byte b) {
    if (b == delimiter) {
      return State.FIELD_START;
    }
    if (b == '\n') {
      return State.RECORD_END;
    }
    return b == '\r' ? State.RETURN : null;
  }

  private Found found() {
    consumed = at;
    lines += lineEnds;
    hold(at);
    return length > maxBytes ? cut() : Found.RECORD;
  }

  /** Rejects the first line; {@code searched} is the start of a line that may contain a record. */
  private Found giveUp(Found why, int searched) throws IOException {
    singleLinesUntil = Math.max(singleLinesUntil, window.position() + searched);
    while (firstLineEnd < 0 && window.has(at)) {
      if (at > maxBytes + 1) {
        return tooLong();
      }
      firstLineEnd = window.at(at++) == '\n' ? at : -1;
    }
    consumed = firstLineEnd < 0 ? at : firstLineEnd;
    lines++;
    hold(consumed);
    return length > maxBytes ? cut() : why;
  }

  private Found tooLong() throws IOException {
    hold(at);
    cut();
    consumed = 0;
    window.drop(at);
    lines++;
    while (window.has(0)) {
      byte b = window.at(0);
      window.drop(1);
      if (b == '\n') {
        break;
      }
    }
    return Found.TOO_LONG;
  }

  private Found cut() {
    length = Math.min(length, LineReader.KEPT_BYTES);
    record = Arrays.copyOfRange(record, offset, offset + length);
    offset = 0;
    return Found.TOO_LONG;
  }

  private void hold(int count) {
    record = window.bytes();
    offset = window.start();
    length = count;
    if (length > 0 && record[offset + length - 1] == '\n') {
      length--;
    }
    if (length > 0 && record[offset + length - 1] == '\r') {
      length--;
    }
  }
}
