package dev.tunebeam.transforms.read;

import dev.tunebeam.transforms.reject.Outcome;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A JSON object a line. Blank lines have a position and are no rows. */
final class JsonlRows implements Rows {

  private final RowFactory rows;
  private final LineReader lines;
  private final JsonObjectParser parser;
  private final long start;
  private final long end;
  private long positions;

  /**
   * @param window from the range's start on, or from one byte before if that is not the file's
   */
  JsonlRows(RowFactory rows, ByteWindow window) {
    this.rows = rows;
    this.lines = new LineReader(window, rows.maxRowBytes());
    this.parser = new JsonObjectParser(rows.maxRowBytes());
    this.start = rows.range().start();
    this.end = rows.range().end();
  }

  @Override
  public @Nullable Outcome<Row> next() throws IOException {
    if (positions == 0 && start > 0) {
      // A line that begins before the range is the range's before; the byte in front tells.
      lines.skipLine(end);
    }
    while (nextBegin() < end && lines.next()) {
      positions++;
      if (lines.tooLong()) {
        return rows.tooLarge(positions, lines.bytes(), lines.offset(), lines.length());
      }
      if (!lines.blank()) {
        return row();
      }
    }
    return null;
  }

  @Override
  public long positions() {
    return positions;
  }

  /** The file's first line begins at 0, before a byte order mark that is dropped by now. */
  private long nextBegin() {
    return positions == 0 && start == 0 ? 0 : lines.nextPosition();
  }

  private Outcome<Row> row() {
    byte[] bytes = lines.bytes();
    int offset = lines.offset();
    int length = lines.length();
    String text = rows.decoder().decode(bytes, offset, length);
    if (text == null) {
      return rows.badEncoding(positions, bytes, offset, length);
    }
    try {
      return rows.row(
          positions,
          text,
          rows.decoder().utf8() ? parser.parse(bytes, offset, length, text) : parser.parse(text));
    } catch (RowException e) {
      String place = e.local() ? "" : "column " + e.column() + ": ";
      return rows.rejected(positions, e.reason(), place + e.problem() + advice(text), text);
    }
  }

  private static String advice(String text) {
    return text.stripLeading().startsWith("[")
        ? "; if the file is one JSON array, set inputFormat to json"
        : "";
  }
}
