package dev.tunebeam.transforms.read;

import dev.tunebeam.transforms.reject.Outcome;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A completion a line, under the name {@code completion}; the line stays as it stands. Blank lines
 * have a position and are no rows.
 */
final class TxtRows extends LineRows {

  private static final String FIELD = "completion";

  TxtRows(RowFactory rows, ByteWindow window) {
    super(rows, window);
  }

  @Override
  Outcome<Row> row(LineReader line) {
    String text = rows().decoder().decode(line.bytes(), line.offset(), line.length());
    if (text == null) {
      return rows().badEncoding(positions(), line.bytes(), line.offset(), line.length());
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put(FIELD, text);
    return rows().row(positions(), text, fields);
  }
}
