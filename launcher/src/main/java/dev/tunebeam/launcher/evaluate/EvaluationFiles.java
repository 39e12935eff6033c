package dev.tunebeam.launcher.evaluate;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tunebeam.launcher.inference.Answer;
import dev.tunebeam.launcher.process.OwnFile;
import dev.tunebeam.launcher.terminal.JsonOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The files of an {@link Evaluation}: its scores as JSON, and a line of JSON for each example with
 * the expected and the given answer. UTF-8, line feeds; the scores are indented by two spaces, with
 * the keys in the order of the record components and numbers in full precision. Deterministic.
 */
public final class EvaluationFiles {

  private static final DefaultIndenter LINES = new DefaultIndenter("  ", "\n");
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private EvaluationFiles() {}

  private record Line(long example, String expected, String answer) {}

  /**
   * Replaces both files.
   *
   * @param base their path without {@code .json} and {@code .jsonl}
   * @param answers by question
   * @return their paths
   */
  public static List<Path> write(
      Path base, Evaluation evaluation, ValidationSplit split, Map<String, Answer> answers)
      throws IOException {
    StringBuilder lines = new StringBuilder();
    for (ValidationSplit.Row row : split.rows()) {
      Answer answer = answers.get(row.question());
      if (answer != null) {
        lines
            .append(JsonOutput.line(new Line(row.example(), row.expected(), answer.text())))
            .append('\n');
      }
    }
    Path all = base.resolveSibling(base.getFileName() + ".jsonl");
    Path scores = base.resolveSibling(base.getFileName() + ".json");
    OwnFile.write(all, lines.toString().getBytes(UTF_8));
    OwnFile.write(scores, bytes(evaluation));
    return List.of(scores, all);
  }

  /** The scores that {@link #write} has written; empty if there are none, or none to be read. */
  public static Optional<Evaluation> read(Path base) {
    try {
      Path scores = base.resolveSibling(base.getFileName() + ".json");
      return Optional.ofNullable(JSON.readValue(Files.readAllBytes(scores), Evaluation.class));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** The bytes of the scores, with a trailing newline. */
  static byte[] bytes(Evaluation evaluation) {
    try {
      String text =
          JSON.writer(new DefaultPrettyPrinter().withObjectIndenter(LINES))
              .writeValueAsString(evaluation);
      return (text + "\n").getBytes(UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an evaluation cannot be serialized", e);
    }
  }
}
