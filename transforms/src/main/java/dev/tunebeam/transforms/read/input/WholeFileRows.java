package dev.tunebeam.transforms.read.input;

import dev.tunebeam.transforms.row.Outcome;
import dev.tunebeam.transforms.row.Row;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A file as one row. Holds the file, at most {@code maxRowBytes}, several times. */
public abstract class WholeFileRows implements Rows {

  private final RowFactory rows;
  private final ByteWindow window;
  private boolean ended;

  protected WholeFileRows(RowFactory rows, ByteWindow window) {
    this.rows = rows;
    this.window = window;
  }

  /** The row of the file, at position 1; null if it is blank. */
  protected abstract @Nullable Outcome<Row> row(byte[] file, RowFactory rows);

  @Override
  public final @Nullable Outcome<Row> next() throws IOException {
    if (ended) {
      return null;
    }
    ended = true;
    int length = window.lengthUpTo(rows.maxRowBytes() + 1);
    int start = window.start();
    return length > rows.maxRowBytes()
        ? rows.tooLarge(1, window.bytes(), start, length)
        : row(Arrays.copyOfRange(window.bytes(), start, start + length), rows);
  }

  @Override
  public final long positions() {
    return ended ? 1 : 0;
  }
}
