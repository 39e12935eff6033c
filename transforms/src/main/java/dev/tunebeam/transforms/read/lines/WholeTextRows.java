package dev.tunebeam.transforms.read.lines;

import dev.tunebeam.dataset.Whitespace;
import dev.tunebeam.transforms.read.input.ByteWindow;
import dev.tunebeam.transforms.read.input.RowFactory;
import dev.tunebeam.transforms.read.input.Rows;
import dev.tunebeam.transforms.row.Outcome;
import dev.tunebeam.transforms.row.Row;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A text file as one row, in the field {@code text}; none if it is blank. Holds the file, at most
 * {@code maxRowBytes}, several times.
 */
public final class WholeTextRows implements Rows {

  private static final String FIELD = "text";

  private final RowFactory rows;
  private final ByteWindow window;
  private boolean ended;

  public WholeTextRows(RowFactory rows, ByteWindow window) {
    this.rows = rows;
    this.window = window;
  }

  @Override
  public @Nullable Outcome<Row> next() throws IOException {
    if (ended) {
      return null;
    }
    ended = true;
    int length = window.lengthUpTo(rows.maxRowBytes() + 1);
    if (length > rows.maxRowBytes()) {
      return rows.tooLarge(1, window.bytes(), window.start(), length);
    }
    String text = rows.decoder().decode(window.bytes(), window.start(), length);
    if (text == null) {
      return rows.badEncoding(1, window.bytes(), window.start(), length);
    }
    return Whitespace.isBlank(text)
        ? null
        : rows.row(1, RowFactory.shown(text), Map.of(FIELD, text));
  }

  @Override
  public long positions() {
    return ended ? 1 : 0;
  }
}
