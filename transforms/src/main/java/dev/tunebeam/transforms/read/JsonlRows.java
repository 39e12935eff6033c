package dev.tunebeam.transforms.read;

import dev.tunebeam.transforms.reject.Outcome;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A JSON object a line. Blank lines have a position and are no rows. */
final class JsonlRows implements Rows {

  private final RowFactory rows;
  private final RangeLines lines;
  private final JsonObjectParser parser;

  JsonlRows(RowFactory rows, ByteWindow window) {
    this.rows = rows;
    this.lines = new RangeLines(rows, window);
    this.parser = new JsonObjectParser(rows.maxRowBytes());
  }

  @Override
  public @Nullable Outcome<Row> next() throws IOException {
    while (lines.next()) {
      LineReader line = lines.line();
      if (line.tooLong()) {
        return rows.tooLarge(positions(), line.bytes(), line.offset(), line.length());
      }
      if (!line.blank()) {
        return row(line);
      }
    }
    return null;
  }

  @Override
  public long positions() {
    return lines.positions();
  }

  private Outcome<Row> row(LineReader line) {
    byte[] bytes = line.bytes();
    int offset = line.offset();
    int length = line.length();
    String text = rows.decoder().decode(bytes, offset, length);
    if (text == null) {
      return rows.badEncoding(positions(), bytes, offset, length);
    }
    try {
      return rows.row(
          positions(),
          text,
          rows.decoder().utf8() ? parser.parse(bytes, offset, length, text) : parser.parse(text));
    } catch (RowException e) {
      String place = e.local() ? "" : "column " + e.column() + ": ";
      return rows.rejected(positions(), e.reason(), place + e.problem() + advice(text), text);
    }
  }

  private static String advice(String text) {
    return text.stripLeading().startsWith("[")
        ? "; if the file is one JSON array, set inputFormat to json"
        : "";
  }
}
