package dev.tunebeam.transforms.read.input;

import dev.tunebeam.transforms.row.Outcome;
import dev.tunebeam.transforms.row.RangeStats;
import dev.tunebeam.transforms.row.Row;
import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The rows of one range in one format, pulled one by one. */
public interface Rows extends Closeable {

  /**
   * The next row, good or rejected; null after the last one.
   *
   * @throws IOException if the stream breaks; {@link #positions} still holds
   */
  @Nullable Outcome<Row> next() throws IOException;

  /** Positions that were passed so far, see {@link RangeStats#positions}. */
  long positions();

  /** Gives back what a binary file needs; a stream of text is closed by who opened it. */
  @Override
  default void close() throws IOException {}
}
