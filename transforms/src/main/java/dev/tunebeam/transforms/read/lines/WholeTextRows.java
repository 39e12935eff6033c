package dev.tunebeam.transforms.read.lines;

import dev.tunebeam.dataset.Whitespace;
import dev.tunebeam.transforms.read.input.ByteWindow;
import dev.tunebeam.transforms.read.input.RowFactory;
import dev.tunebeam.transforms.read.input.WholeFileRows;
import dev.tunebeam.transforms.row.Outcome;
import dev.tunebeam.transforms.row.Row;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A text file as one row, in the field {@code text}. */
public final class WholeTextRows extends WholeFileRows {

  private static final String FIELD = "text";

  public WholeTextRows(RowFactory rows, ByteWindow window) {
    super(rows, window);
  }

  @Override
  protected @Nullable Outcome<Row> row(byte[] file, RowFactory rows) {
    String text = rows.decoder().decode(file, 0, file.length);
    if (text == null) {
      return rows.badEncoding(1, file, 0, file.length);
    }
    return Whitespace.isBlank(text)
        ? null
        : rows.row(1, RowFactory.shown(text), Map.of(FIELD, text));
  }
}
