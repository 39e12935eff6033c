package dev.tunebeam.transforms.normalize;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tunebeam.dataset.Format;
import dev.tunebeam.transforms.delimit.Delimiters;
import dev.tunebeam.transforms.example.Example;
import dev.tunebeam.transforms.example.Task;
import dev.tunebeam.transforms.normalize.dialect.Dialect;
import dev.tunebeam.transforms.normalize.dialect.FieldMapping;
import dev.tunebeam.transforms.normalize.dialect.Shape;
import dev.tunebeam.transforms.normalize.dialect.ShapeDetector;
import dev.tunebeam.transforms.render.LineRenderer;
import dev.tunebeam.transforms.render.Transcript;
import dev.tunebeam.transforms.row.RejectException;
import dev.tunebeam.transforms.row.Row;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows of a test, written as JSON with single quotes, as the lines that they become without
 * delimiters. What is rejected is its reason and message.
 */
public record Lines(
    Dialect dialect, FieldMapping mapping, Format format, Examples examples, Task task) {

  public static final Lines CHAT =
      new Lines(Dialect.AUTO, FieldMapping.NONE, Format.CHAT, Examples.WHOLE, Task.GENERATION);

  public Lines as(Format other) {
    return new Lines(dialect, mapping, other, examples, task);
  }

  Lines eachAnswer() {
    return new Lines(dialect, mapping, format, Examples.EACH_ANSWER, task);
  }

  Lines in(Dialect other) {
    return new Lines(other, mapping, format, examples, task);
  }

  public Lines with(FieldMapping other) {
    return new Lines(dialect, other, format, examples, task);
  }

  /** The lines of one row, whose shape is concluded from it. */
  public List<String> of(String json, String... removed) {
    Row row = JsonRow.of(json.replace('\'', '"'));
    Shape shape = new ShapeDetector(dialect, mapping).detect(List.of(row)).shape();
    Normalizer normalizer =
        new Normalizer(
            shape,
            new Normalizer.Settings(task, format, examples, List.of(removed), TextEdits.NONE));
    LineRenderer renderer =
        new LineRenderer(
            format, Delimiters.NONE, examples == Examples.EACH_ANSWER ? Transcript.DEFAULT : null);
    List<String> lines = new ArrayList<>();
    try {
      for (Example example : normalizer.normalize(row)) {
        lines.add(line(normalizer, renderer, example));
      }
    } catch (RejectException e) {
      lines.add(e.reason() + ": " + e.getMessage());
    }
    return lines;
  }

  private static String line(Normalizer normalizer, LineRenderer renderer, Example example) {
    try {
      return new String(renderer.render(normalizer.fit(example)), UTF_8).replace('"', '\'');
    } catch (RejectException e) {
      return e.reason() + ": " + e.getMessage();
    }
  }
}
