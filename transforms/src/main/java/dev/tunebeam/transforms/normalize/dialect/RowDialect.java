package dev.tunebeam.transforms.normalize.dialect;

import dev.tunebeam.transforms.row.RejectException;
import dev.tunebeam.transforms.row.Row;

/** A reader of rows in one format. */
public interface RowDialect {

  /**
   * The turns of a row.
   *
   * @throws RejectException if the row is not in this format
   */
  Turns read(Row row);
}
