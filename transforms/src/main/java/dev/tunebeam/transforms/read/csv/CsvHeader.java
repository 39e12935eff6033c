package dev.tunebeam.transforms.read.csv;

import dev.tunebeam.dataset.Whitespace;
import dev.tunebeam.transforms.read.input.RowException;
import dev.tunebeam.transforms.row.Reason;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The header row of a CSV file: the column names, whitespace stripped, case preserved. A column
 * without a name, such as the index that pandas writes, is called {@code column_1} by its number.
 */
public final class CsvHeader {

  private final String[] names;

  /** Takes the values of the first record; refuses duplicate names. */
  public CsvHeader(String[] values) throws RowException {
    names = new String[values.length];
    Map<String, Integer> columns = new LinkedHashMap<>();
    for (int i = 0; i < values.length; i++) {
      names[i] = name(values, i);
      Integer other = columns.put(names[i], i + 1);
      if (other != null) {
        throw RowException.refused(
            Reason.MALFORMED_CSV,
            "columns "
                + other
                + " and "
                + (i + 1)
                + " are both called \""
                + names[i]
                + "\"; rename one of them");
      }
    }
  }

  /** The header of a table without one: column_1, column_2 and so on. */
  public static CsvHeader ofNumbers(int columns) throws RowException {
    String[] blank = new String[columns];
    Arrays.fill(blank, "");
    return new CsvHeader(blank);
  }

  private static String name(String[] values, int column) {
    String name = Whitespace.strip(values[column]);
    return name.isEmpty() ? "column_" + (column + 1) : name;
  }

  /** Whether a row repeats the header, as in concatenated files; never with a single column. */
  public boolean isRepeatedBy(String[] values) {
    if (names.length < 2 || values.length != names.length) {
      return false;
    }
    for (int i = 0; i < names.length; i++) {
      if (!names[i].equals(name(values, i))) {
        return false;
      }
    }
    return true;
  }

  public int size() {
    return names.length;
  }

  public String name(int column) {
    return names[column];
  }
}
