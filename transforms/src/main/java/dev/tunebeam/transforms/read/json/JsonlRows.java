package dev.tunebeam.transforms.read.json;

import dev.tunebeam.dataset.Whitespace;
import dev.tunebeam.transforms.read.input.ByteWindow;
import dev.tunebeam.transforms.read.input.LineReader;
import dev.tunebeam.transforms.read.input.RowException;
import dev.tunebeam.transforms.read.input.RowFactory;
import dev.tunebeam.transforms.read.lines.LineRows;
import dev.tunebeam.transforms.row.Outcome;
import dev.tunebeam.transforms.row.Row;

/** One JSON object per line. Blank lines have a position and are skipped. */
public final class JsonlRows extends LineRows {

  public JsonlRows(RowFactory rows, ByteWindow window) {
    super(rows, window);
  }

  @Override
  protected Outcome<Row> row(LineReader line) {
    byte[] bytes = line.bytes();
    int offset = line.offset();
    int length = line.length();
    String text = rows().decoder().decode(bytes, offset, length);
    if (text == null) {
      return rows().badEncoding(positions(), bytes, offset, length);
    }
    try {
      return rows()
          .row(
              positions(),
              text,
              rows().decoder().utf8()
                  ? JsonObjectParser.parse(bytes, offset, length, text)
                  : JsonObjectParser.parse(text));
    } catch (RowException e) {
      String place = e.local() ? "" : "column " + e.column() + ": ";
      return rows().rejected(positions(), e.reason(), place + e.problem() + advice(text), text);
    }
  }

  private static String advice(String text) {
    return Whitespace.stripLeading(text).startsWith("[")
        ? "; if the file is one JSON array, set inputFormat to json"
        : "";
  }
}
