package dev.tunebeam.transforms.read;

import dev.tunebeam.dataset.Whitespace;
import dev.tunebeam.transforms.read.input.InputFormat;
import dev.tunebeam.transforms.read.input.InputRange;
import dev.tunebeam.transforms.read.input.RowChanges;
import dev.tunebeam.transforms.row.FieldValue;
import dev.tunebeam.transforms.row.Row;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes the {@link RowChanges} in the rows of one range, in order: texts that stand for null, then
 * the value above for blank cells, then the names of file and folder. Holds the last value of each
 * column that is filled down; such files are never split into ranges.
 */
final class RowChanger {

  private final RowChanges changes;
  private final boolean fills;
  private final String file;
  private final String folder;
  private final Map<String, Object> above = new HashMap<>();

  RowChanger(RowChanges changes, InputRange range) {
    this.changes = changes;
    this.fills = !changes.fillDown().isEmpty() && isTable(range.format());
    this.file = FileNames.plain(range.path());
    this.folder = FileNames.folder(range.path());
  }

  /** Whether a file of the format has cells, and is read as one range. */
  static boolean isTable(InputFormat format) {
    return format == InputFormat.CSV || format == InputFormat.TSV || format == InputFormat.XLSX;
  }

  /** The changed row; the row itself if there is nothing to change. */
  Row change(Row row) {
    if (!fills && !changes.named() && changes.nullValues().isEmpty()) {
      return row;
    }
    Map<String, Object> fields = new LinkedHashMap<>(row.fields());
    if (!changes.nullValues().isEmpty()) {
      fields.replaceAll((name, value) -> orNull(value));
    }
    if (fills) {
      changes.fillDown().forEach(column -> fill(fields, column));
    }
    if (changes.named()) {
      fields.putIfAbsent(FileNames.FILE, file);
      fields.putIfAbsent(FileNames.FOLDER, folder);
    }
    return new Row(row.source(), row.raw(), fields);
  }

  private void fill(Map<String, Object> fields, String column) {
    Object value = FieldValue.of(fields, column).value();
    boolean blank = value == null || (value instanceof String text && Whitespace.isBlank(text));
    if (!blank) {
      above.put(column, value);
    } else if (above.containsKey(column)) {
      fields.replaceAll(
          (name, old) -> name.equalsIgnoreCase(column) ? above.getOrDefault(column, "") : old);
    }
  }

  private @Nullable Object orNull(@Nullable Object value) {
    return value instanceof String text && changes.nullValues().contains(Whitespace.strip(text))
        ? null
        : value;
  }
}
