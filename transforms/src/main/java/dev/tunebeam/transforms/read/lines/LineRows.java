package dev.tunebeam.transforms.read.lines;

import dev.tunebeam.transforms.read.input.ByteWindow;
import dev.tunebeam.transforms.read.input.LineReader;
import dev.tunebeam.transforms.read.input.RowFactory;
import dev.tunebeam.transforms.read.input.Rows;
import dev.tunebeam.transforms.row.Outcome;
import dev.tunebeam.transforms.row.Row;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A row a line. Blank lines have a position and are no rows; lines that are too long are rejected.
 */
public abstract class LineRows implements Rows {

  private final RowFactory rows;
  private final RangeLines lines;

  public LineRows(RowFactory rows, ByteWindow window) {
    this.rows = rows;
    this.lines = new RangeLines(rows, window);
  }

  /** What a line that holds something is. */
  protected abstract Outcome<Row> row(LineReader line);

  /** Makes rows, and rejections of what is none. */
  protected final RowFactory rows() {
    return rows;
  }

  @Override
  public final @Nullable Outcome<Row> next() throws IOException {
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
  public final long positions() {
    return lines.positions();
  }
}
