package dev.tunebeam.transforms.read.input;

import dev.tunebeam.transforms.row.Outcome;
import dev.tunebeam.transforms.row.RangeStats;
import dev.tunebeam.transforms.row.Row;
import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A pull reader of the rows of one range in one format. */
public interface Rows extends Closeable {

  /**
   * The next row, valid or rejected; null at the end.
   *
   * @throws IOException if the stream fails; {@link #positions} is still valid
   */
  @Nullable Outcome<Row> next() throws IOException;

  /** Number of positions so far, see {@link RangeStats#positions}. */
  long positions();

  /** Releases the resources of a binary file; text streams are closed by their opener. */
  @Override
  default void close() throws IOException {}
}
