package dev.tunebeam.transforms.read;

import dev.tunebeam.transforms.reject.Outcome;
import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The rows of one range in one format, pulled one by one. */
interface Rows extends Closeable {

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
