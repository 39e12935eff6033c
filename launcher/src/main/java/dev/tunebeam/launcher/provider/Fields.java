package dev.tunebeam.launcher.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tunebeam.launcher.http.Json;
import dev.tunebeam.launcher.http.UnexpectedAnswerException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads fields of JSON responses. Where a field may be missing, a null or a wrong type gives an
 * empty value or null; where a decision hangs on it, an {@link UnexpectedAnswerException}.
 */
public final class Fields {

  private Fields() {}

  /** A string that the schema requires, not empty. */
  public static String required(JsonNode json, String field) {
    JsonNode value = json.path(field);
    if (!value.isTextual() || value.textValue().isEmpty()) {
      throw new UnexpectedAnswerException("the response has no '%s'".formatted(field));
    }
    return value.textValue();
  }

  /** As {@link #required}; the value must be the one that was asked for. */
  public static void requireSame(JsonNode json, String field, String asked) {
    if (!required(json, field).equals(asked)) {
      throw new UnexpectedAnswerException(
          "the response is about another %s than %s".formatted(field, asked));
    }
  }

  /** The objects of a list; a response without one is no empty list. */
  public static <T> List<T> list(JsonNode json, String field, Function<JsonNode, T> item) {
    JsonNode items = json.path(field);
    if (!items.isArray()) {
      throw new UnexpectedAnswerException("the response has no list '%s'".formatted(field));
    }
    List<T> list = new ArrayList<>();
    for (JsonNode one : items) {
      if (!one.isObject()) {
        throw new UnexpectedAnswerException("'%s' lists something else".formatted(field));
      }
      list.add(item.apply(one));
    }
    return list;
  }

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
