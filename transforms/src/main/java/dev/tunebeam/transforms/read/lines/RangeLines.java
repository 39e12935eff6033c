package dev.tunebeam.transforms.read.lines;

import dev.tunebeam.transforms.read.input.ByteWindow;
import dev.tunebeam.transforms.read.input.LineReader;
import dev.tunebeam.transforms.read.input.RowFactory;
import java.io.IOException;

/**
 * The lines that begin in a range of a file: one that begins before belongs to the previous range,
 * one that crosses the end is read whole.
 */
final class RangeLines {

  private final LineReader lines;
  private final long start;
  private final long end;
  private long positions;

  /**
   * @param window from the range's start on, or from one byte before unless that is the file's
   *     start
   */
  RangeLines(RowFactory rows, ByteWindow window) {
    this.lines = new LineReader(window, rows.maxRowBytes());
    this.start = rows.range().start();
    this.end = rows.range().end();
  }

  /** Moves to the next line, blank or not; false at the end. */
  boolean next() throws IOException {
    if (positions == 0 && start > 0) {
      // The byte before tells whether a line begins here.
      lines.skipLine(end);
    }
    if (nextBegin() >= end || !lines.next()) {
      return false;
    }
    positions++;
    return true;
  }

  /** The current line. */
  LineReader line() {
    return lines;
  }

  /** Number of lines so far, including this one: its number in the range. */
  long positions() {
    return positions;
  }

  /** The file's first line begins at 0, before a byte order mark that is already dropped. */
  private long nextBegin() {
    return positions == 0 && start == 0 ? 0 : lines.nextPosition();
  }
}
