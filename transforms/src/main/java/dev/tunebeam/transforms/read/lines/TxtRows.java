package dev.tunebeam.transforms.read.lines;

import dev.tunebeam.transforms.read.input.ByteWindow;
import dev.tunebeam.transforms.read.input.LineReader;
import dev.tunebeam.transforms.read.input.RowFactory;
import dev.tunebeam.transforms.row.Outcome;
import dev.tunebeam.transforms.row.Row;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One completion per line, in the field {@code completion}, unchanged. Blank lines have a position
 * and are skipped.
 */
public final class TxtRows extends LineRows {

  private static final String FIELD = "completion";

  public TxtRows(RowFactory rows, ByteWindow window) {
    super(rows, window);
  }

  @Override
  protected Outcome<Row> row(LineReader line) {
    String text = rows().decoder().decode(line.bytes(), line.offset(), line.length());
    if (text == null) {
      return rows().badEncoding(positions(), line.bytes(), line.offset(), line.length());
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put(FIELD, text);
    return rows().row(positions(), text, fields);
  }
}
