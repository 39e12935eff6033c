package dev.tunebeam.pipelines.prepare;

import dev.tunebeam.dataset.Whitespace;
import dev.tunebeam.pipelines.findings.TaskInference;
import dev.tunebeam.transforms.example.Example;
import dev.tunebeam.transforms.example.Message;
import dev.tunebeam.transforms.inspect.AnswerCounts;
import dev.tunebeam.transforms.normalize.Normalizer;
import dev.tunebeam.transforms.normalize.dialect.Dialect;
import dev.tunebeam.transforms.normalize.dialect.FieldMapping;
import dev.tunebeam.transforms.normalize.dialect.Shape;
import dev.tunebeam.transforms.read.InputFiles;
import dev.tunebeam.transforms.row.RejectException;
import dev.tunebeam.transforms.row.Row;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The first rows of the input, from which missing settings are inferred.
 *
 * @param files rows of each of the first {@link InputFiles#WELL_KNOWN_FILES} files
 */
record FirstRows(List<List<Row>> files) {

  /** Makes immutable copies. */
  FirstRows {
    files = files.stream().map(List::copyOf).toList();
  }

  /**
   * The fields, in order of first occurrence, with their total number of characters; 0 for lists
   * and objects.
   */
  Map<String, Long> columns() {
    Map<String, Long> columns = new LinkedHashMap<>();
    for (List<Row> rows : files) {
      for (Row row : rows) {
        row.fields()
            .forEach(
                (name, value) ->
                    columns.merge(
                        name,
                        value instanceof List || value instanceof Map
                            ? 0L
                            : String.valueOf(value).length(),
                        Long::sum));
      }
    }
    return columns;
  }

  /** The fields that are not blank in every row. */
  static Set<String> filled(List<Row> rows) {
    Set<String> filled = new HashSet<>();
    for (Row row : rows) {
      row.fields()
          .forEach(
              (name, value) -> {
                if (value != null && !Whitespace.isBlank(String.valueOf(value))) {
                  filled.add(name);
                }
              });
    }
    return filled;
  }

  /**
   * The task that the answers show, in the examples that the rows become, each counted once. Pairs,
   * conversations with several answers and those with tools have no classes.
   */
  TaskInference.OfFirstRows task(List<Shape> shapes, Normalizer.Settings settings) {
    AnswerCounts answers = new AnswerCounts();
    Set<List<Message>> examples = new HashSet<>();
    for (int file = 0; file < files.size(); file++) {
      Normalizer normalizer = new Normalizer(shapes.get(file), settings);
      for (Row row : files.get(file)) {
        for (Example example : examples(normalizer, row)) {
          if (examples.add(example.messages())) {
            answers.add(
                hasOneAnswer(example) ? AnswerCounts.counted(example.answer().text()) : null);
          }
        }
      }
    }
    return TaskInference.ofFirstRows(answers, examples.size());
  }

  /** None if the row is rejected, which the job counts. */
  private static List<Example> examples(Normalizer normalizer, Row row) {
    try {
      return normalizer.normalize(row);
    } catch (RejectException e) {
      return List.of();
    }
  }

  private static boolean hasOneAnswer(Example example) {
    return example.nonPreferred() == null
        && example.other().isEmpty()
        && example.messages().stream().filter(Message::isAssistant).count() == 1;
  }

  /** Whether there are rows and none has a prompt, by the rules of {@link Normalizer}. */
  boolean haveNoPrompt(List<Shape> shapes) {
    boolean some = false;
    for (int file = 0; file < files.size(); file++) {
      Shape shape = shapes.get(file);
      some |= !files.get(file).isEmpty();
      for (Row row : files.get(file)) {
        if (hasPrompt(row, shape)) {
          return false;
        }
      }
    }
    return some;
  }

  private static boolean hasPrompt(Row row, Shape shape) {
    FieldMapping mapping = shape.mapping();
    if (shape.dialect() != Dialect.PROMPT_COMPLETION || mapping.prompt() != null) {
      return true;
    }
    boolean mapped = mapping.completion() != null;
    for (Map.Entry<String, Object> field : row.fields().entrySet()) {
      if (field.getKey().equalsIgnoreCase("prompt")) {
        return field.getValue() instanceof String text
            ? !Whitespace.isBlank(text)
            : !mapped || field.getValue() != null;
      }
    }
    // Without a completion field, and none mapped, the row is not open-ended text either.
    return !mapped && row.fields().keySet().stream().noneMatch("completion"::equalsIgnoreCase);
  }
}
