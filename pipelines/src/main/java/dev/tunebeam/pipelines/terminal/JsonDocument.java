package dev.tunebeam.pipelines.terminal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.tunebeam.dataset.terminal.ExitCode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The results of a command as one JSON object, its keys in the order in which they were put. A
 * failure has the form that all commands of tunebeam give it: {@code {"error": {"exitCode": …,
 * "message": …}}}, before what was found until then.
 */
public final class JsonDocument {

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
          .build();

  private final Map<String, @Nullable Object> values = new LinkedHashMap<>();

  /** Adds a value; null is written as such. */
  public void put(String key, @Nullable Object value) {
    values.put(key, value);
  }

  /** The object for a file: indented, with a line feed at its end. Deterministic. */
  public String text() {
    return written(JSON.writer(SerializationFeature.INDENT_OUTPUT), values) + "\n";
  }

  /** The object for stdout, on one line without a line end, with the exit code. */
  public String line(ExitCode code, @Nullable String message) {
    Map<String, @Nullable Object> all = new LinkedHashMap<>();
    if (message != null) {
      all.put("error", new Failure(code.code(), message));
    }
    all.putAll(values);
    if (!values.isEmpty()) {
      all.put("exitCode", code.code());
    }
    return written(JSON.writer(), all);
  }

  private record Failure(int exitCode, String message) {}

  private static String written(ObjectWriter writer, Object value) {
    try {
      return writer.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
