package dev.tunebeam.transforms.read;

import dev.tunebeam.transforms.reject.Outcome;

/** A JSON object a line. Blank lines have a position and are no rows. */
final class JsonlRows extends LineRows {

  private final JsonObjectParser parser;

  JsonlRows(RowFactory rows, ByteWindow window) {
    super(rows, window);
    this.parser = new JsonObjectParser(rows.maxRowBytes());
  }

  @Override
  Outcome<Row> row(LineReader line) {
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
                  ? parser.parse(bytes, offset, length, text)
                  : parser.parse(text));
    } catch (RowException e) {
      String place = e.local() ? "" : "column " + e.column() + ": ";
      return rows().rejected(positions(), e.reason(), place + e.problem() + advice(text), text);
    }
  }

  private static String advice(String text) {
    return text.stripLeading().startsWith("[")
        ? "; if the file is one JSON array, set inputFormat to json"
        : "";
  }
}
