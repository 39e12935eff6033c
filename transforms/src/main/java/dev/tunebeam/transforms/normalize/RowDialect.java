package dev.tunebeam.transforms.normalize;

import dev.tunebeam.transforms.read.Row;
import dev.tunebeam.transforms.reject.RejectException;

/** Reads rows that are written in one way. */
interface RowDialect {

  /**
   * The turns of a row.
   *
   * @throws RejectException if the row is not written in this way
   */
  Turns read(Row row);
}
