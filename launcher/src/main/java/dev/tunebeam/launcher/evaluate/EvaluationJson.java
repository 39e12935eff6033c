package dev.tunebeam.launcher.evaluate;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.json.JsonMapper;

/**
 * An {@link Evaluation} as JSON: UTF-8, indented by two spaces, line feeds, keys in the order of
 * the record components, numbers in full precision. Deterministic.
 */
public final class EvaluationJson {

  private static final DefaultIndenter LINES = new DefaultIndenter("  ", "\n");
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private EvaluationJson() {}

  /** The bytes of the file, with a trailing newline. */
  public static byte[] bytes(Evaluation evaluation) {
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
