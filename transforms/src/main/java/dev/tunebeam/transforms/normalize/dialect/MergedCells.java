package dev.tunebeam.transforms.normalize.dialect;

import dev.tunebeam.dataset.Whitespace;
import dev.tunebeam.transforms.row.Row;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Recognizes columns of merged cells in the first rows of a table: the first row has a value, many
 * have none, and no value comes twice, since each begins a group. Labels that are missing repeat.
 * Pure functions.
 */
public final class MergedCells {

  private static final int FEWEST_ROWS = 6;

  private static final int FEWEST_GROUPS = 2;

  private static final int LONGEST_NAME = 80;

  /** Blank cells per hundred rows. */
  private static final int BLANK = 30;

  private MergedCells() {}

  /** The columns that name a class, or that the mapping reads. */
  public static List<String> columns(List<Row> rows, FieldMapping mapping) {
    List<String> columns = new ArrayList<>();
    if (rows.size() < FEWEST_ROWS) {
      return columns;
    }
    String templates = mapping.prompt() + mapping.completion() + mapping.className();
    for (String name : rows.get(0).fields().keySet()) {
      boolean matters = ColumnProposal.namesClasses(name) || templates.contains("{{" + name);
      if (matters && areMerged(rows, name)) {
        columns.add(name);
      }
    }
    return columns;
  }

  private static boolean areMerged(List<Row> rows, String name) {
    Set<String> groups = new HashSet<>();
    int blank = 0;
    for (Row row : rows) {
      String value = text(row.fields().get(name));
      if (value.isEmpty()) {
        blank++;
      } else if (value.length() > LONGEST_NAME || !groups.add(value)) {
        return false;
      }
    }
    return !text(rows.get(0).fields().get(name)).isEmpty()
        && groups.size() >= FEWEST_GROUPS
        && blank * 100 >= rows.size() * BLANK;
  }

  private static String text(@Nullable Object value) {
    return value == null ? "" : Whitespace.strip(String.valueOf(value));
  }
}
