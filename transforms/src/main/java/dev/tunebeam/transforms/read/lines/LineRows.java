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
 * One row per line. Blank lines have a position and are skipped; lines that are too long are
 * rejected.
 */
public abstract class LineRows implements Rows {

  private final RowFactory rows;
  private final RangeLines lines;

  public LineRows(RowFactory rows, ByteWindow window) {
    this.rows = rows;
    this.lines = new RangeLines(rows, window);
  }

  /** Parses a line that is not blank. */
  protected abstract Outcome<Row> row(LineReader line);

  /** Creates rows and rejections. */
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
