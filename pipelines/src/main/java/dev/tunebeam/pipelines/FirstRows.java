package dev.tunebeam.pipelines;

import dev.tunebeam.pipelines.recipe.Mapping;
import dev.tunebeam.transforms.normalize.Normalizer;
import dev.tunebeam.transforms.read.InputFiles;
import dev.tunebeam.transforms.read.Row;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The first rows of the input, to conclude from them what the recipe leaves open.
 *
 * @param rows up to {@link #ROWS_OF_A_FILE} of each of the first {@link #FILES} files
 */
record FirstRows(List<Row> rows) {

  private static final int FILES = 20;
  private static final int ROWS_OF_A_FILE = 100;

  static FirstRows of(InputFiles input) {
    List<Row> rows = new ArrayList<>();
    for (int file = 0; file < Math.min(FILES, input.files().size()); file++) {
      rows.addAll(input.head(file, ROWS_OF_A_FILE));
    }
    return new FirstRows(List.copyOf(rows));
  }

  /** The fields, in the order in which they come up, and the characters in each. */
  Map<String, Long> columns() {
    Map<String, Long> columns = new LinkedHashMap<>();
    for (Row row : rows) {
      row.fields()
          .forEach(
              (name, value) ->
                  columns.merge(name, (long) String.valueOf(value).length(), Long::sum));
    }
    return columns;
  }

  /** Whether most rows are conversations. */
  boolean haveMessages() {
    long conversations = rows.stream().filter(Normalizer::hasMessages).count();
    return conversations * 2 > rows.size();
  }

  /** Whether there are rows and none has a prompt, as {@link Normalizer} would look for it. */
  boolean haveNoPrompt(Mapping map) {
    if (map.prompt() != null || rows.isEmpty()) {
      return false;
    }
    boolean mapped = map.completion() != null;
    return rows.stream()
        .noneMatch(row -> hasPrompt(row, mapped) || (!mapped && Normalizer.hasMessages(row)));
  }

  private static boolean hasPrompt(Row row, boolean mapped) {
    for (Map.Entry<String, Object> field : row.fields().entrySet()) {
      if (field.getKey().equalsIgnoreCase("prompt")) {
        return field.getValue() instanceof String text
            ? !text.isBlank()
            : !mapped || field.getValue() != null;
      }
    }
    // Without a completion either, and none mapped, the row is something else altogether.
    return !mapped && row.fields().keySet().stream().noneMatch("completion"::equalsIgnoreCase);
  }
}
