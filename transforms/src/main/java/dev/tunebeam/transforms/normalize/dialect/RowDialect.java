package dev.tunebeam.transforms.normalize.dialect;

import dev.tunebeam.transforms.row.RejectException;
import dev.tunebeam.transforms.row.Row;

/** Reads rows that are written in one way. */
public interface RowDialect {

  /**
   * The turns of a row.
   *
   * @throws RejectException if the row is not written in this way
   */
  Turns read(Row row);
}
