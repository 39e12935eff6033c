package dev.tunebeam.transforms.read.input;

import dev.tunebeam.transforms.row.Row;
import dev.tunebeam.transforms.where.Condition;
import java.io.Serializable;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the recipe changes in the rows of every file while they are read. A function of the row and
 * of those before it in its file.
 *
 * @param where which rows to keep; null for all
 * @param named whether each row gets the fields {@code _file} and {@code _folder}
 * @param nullValues texts that stand for null
 * @param headerRow the line of a CSV file, or the row of a sheet, with the column names; 0 for the
 *     first that is not blank
 * @param fillDown columns of CSV files and sheets whose blank cells take the value above
 */
public record RowChanges(
    @Nullable Condition where,
    boolean named,
    Set<String> nullValues,
    int headerRow,
    List<String> fillDown)
    implements Serializable {

  /** Rows as they are. */
  public static final RowChanges NONE = new RowChanges(null, false, Set.of(), 0, List.of());

  /** Makes immutable copies. */
  public RowChanges {
    nullValues = Set.copyOf(nullValues);
    fillDown = List.copyOf(fillDown);
  }

  /** The fields that rows must have: those of {@code where} and {@code fillDown}; modifiable. */
  public Set<String> names() {
    Set<String> names = new TreeSet<>(fillDown);
    if (where != null) {
      where.addNames(names);
    }
    return names;
  }

  /** A copy that gives each row the names of its file and folder. */
  public RowChanges withNames() {
    return new RowChanges(where, true, nullValues, headerRow, fillDown);
  }

  /** Whether the row is kept. */
  public boolean keeps(Row row) {
    return where == null || where.test(row.fields());
  }
}
