package dev.tunebeam.launcher.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tunebeam.launcher.http.Json;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads fields of answers. What is missing, null or of another kind is empty or null. */
public final class Fields {

  private Fields() {}

  /** A text, empty if there is none. */
  public static String text(JsonNode json, String field) {
    return Objects.requireNonNullElse(optional(json, field), "");
  }

  /** A text that is not empty, null if there is none. */
  public static @Nullable String optional(JsonNode json, String field) {
    JsonNode value = json.path(field);
    return value.isValueNode() && !value.isNull() && !value.asText().isEmpty()
        ? value.asText()
        : null;
  }

  /** A time in ISO 8601, null if it is none. */
  public static @Nullable Instant instant(JsonNode json, String field) {
    try {
      return Instant.parse(text(json, field));
    } catch (DateTimeException e) {
      return null;
    }
  }

  /** Adds a number, unless it is left to the provider. */
  public static void putIfSet(ObjectNode values, String name, @Nullable Number value) {
    if (value != null) {
      values.putPOJO(name, value);
    }
  }

  /** Those of the fields that are there. */
  public static ObjectNode picked(List<String> names, JsonNode from) {
    ObjectNode values = Json.object();
    for (String name : names) {
      if (!from.path(name).isMissingNode() && !from.path(name).isNull()) {
        values.set(name, from.path(name));
      }
    }
    return values;
  }
}
