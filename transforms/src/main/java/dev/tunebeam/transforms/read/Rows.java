package dev.tunebeam.transforms.read;

import dev.tunebeam.transforms.reject.Outcome;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The rows of one range in one format, pulled one by one. */
interface Rows {

  /**
   * The next row, good or rejected; null after the last one.
   *
   * @throws IOException if the stream breaks; {@link #positions} still holds
   */
  @Nullable Outcome<Row> next() throws IOException;

  /** Positions that were passed so far, see {@link RangeStats#positions}. */
  long positions();
}
