package dev.tunebeam.launcher.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tunebeam.launcher.http.Json;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads fields of JSON responses. Missing fields, nulls and wrong types give an empty value or
 * null.
 */
public final class Fields {

  private Fields() {}

  /** A string, empty if missing. */
  public static String text(JsonNode json, String field) {
    return Objects.requireNonNullElse(optional(json, field), "");
  }

  /** A non-empty string, null if missing. */
  public static @Nullable String optional(JsonNode json, String field) {
    JsonNode value = json.path(field);
    return value.isValueNode() && !value.isNull() && !value.asText().isEmpty()
        ? value.asText()
        : null;
  }

  /** A time in ISO 8601, null if missing or invalid. */
  public static @Nullable Instant instant(JsonNode json, String field) {
    try {
      return Instant.parse(text(json, field));
    } catch (DateTimeException e) {
      return null;
    }
  }

  /** Adds a number unless it is null, the provider's default. */
  public static void putIfSet(ObjectNode values, String name, @Nullable Number value) {
    if (value != null) {
      values.putPOJO(name, value);
    }
  }

  /** The subset of the fields that exist. */
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
