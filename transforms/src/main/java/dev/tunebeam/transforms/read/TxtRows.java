package dev.tunebeam.transforms.read;

import dev.tunebeam.transforms.reject.Outcome;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A completion a line, under the name {@code completion}; the line stays as it stands. Blank lines
 * have a position and are no rows.
 */
final class TxtRows implements Rows {

  private static final String FIELD = "completion";

  private final RowFactory rows;
  private final RangeLines lines;

  TxtRows(RowFactory rows, ByteWindow window) {
    this.rows = rows;
    this.lines = new RangeLines(rows, window);
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
    String text = rows.decoder().decode(line.bytes(), line.offset(), line.length());
    if (text == null) {
      return rows.badEncoding(positions(), line.bytes(), line.offset(), line.length());
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put(FIELD, text);
    return rows.row(positions(), text, fields);
  }
}
