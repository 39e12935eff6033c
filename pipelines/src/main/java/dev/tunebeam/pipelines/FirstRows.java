package dev.tunebeam.pipelines;

import dev.tunebeam.pipelines.recipe.Mapping;
import dev.tunebeam.transforms.normalize.Normalizer;
import dev.tunebeam.transforms.read.InputFiles;
import dev.tunebeam.transforms.read.Row;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

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

  /** Names of the fields, in the order in which they come up. */
  List<String> columns() {
    Set<String> columns = new LinkedHashSet<>();
    rows.forEach(row -> columns.addAll(row.fields().keySet()));
    return List.copyOf(columns);
  }

  /** Whether most rows are conversations. */
  boolean haveMessages() {
    long conversations = rows.stream().filter(Normalizer::hasMessages).count();
    return conversations * 2 > rows.size();
  }

  /** Whether there are rows and none has a prompt. */
  boolean haveNoPrompt(Mapping map) {
    if (map.completion() != null) {
      return map.prompt() == null;
    }
    return !rows.isEmpty()
        && rows.stream().noneMatch(row -> Normalizer.hasMessages(row) || hasPrompt(row));
  }

  private static boolean hasPrompt(Row row) {
    for (Map.Entry<String, Object> field : row.fields().entrySet()) {
      if (field.getKey().equalsIgnoreCase("prompt")) {
        return !(field.getValue() instanceof String text) || !text.isBlank();
      }
    }
    // Without a completion either the row is something else altogether.
    return row.fields().keySet().stream().noneMatch("completion"::equalsIgnoreCase);
  }
}
