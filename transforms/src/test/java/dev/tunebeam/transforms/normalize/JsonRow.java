package dev.tunebeam.transforms.normalize;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tunebeam.transforms.json.JsonNumber;
import dev.tunebeam.transforms.row.Row;
import dev.tunebeam.transforms.row.Source;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows for tests, written as JSON. */
public final class JsonRow {

  public static final Source SOURCE = new Source(1, 2, 3);

  private static final ObjectMapper JSON = new ObjectMapper();

  private JsonRow() {}

  /** The row of a JSON object; numbers are those that Java writes in the same way. */
  public static Row of(String json) {
    return new Row(SOURCE, json, fields(json));
  }

  /** The fields of a JSON object. */
  public static Map<String, Object> fields(String json) {
    try {
      return object(JSON.readTree(json));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  @SuppressWarnings("NullAway") // a row's value may be null, which Map cannot say
  private static Map<String, Object> object(JsonNode node) {
    Map<String, Object> fields = new LinkedHashMap<>();
    node.fields().forEachRemaining(field -> fields.put(field.getKey(), value(field.getValue())));
    return fields;
  }

  @SuppressWarnings("NullAway") // an element may be null, which List cannot say
  private static @Nullable Object value(JsonNode node) {
    if (node.isObject()) {
      return object(node);
    }
    if (node.isArray()) {
      List<Object> list = new ArrayList<>();
      node.forEach(element -> list.add(value(element)));
      return list;
    }
    if (node.isNumber()) {
      return new JsonNumber(node.asText());
    }
    if (node.isBoolean()) {
      return node.booleanValue();
    }
    return node.isNull() ? null : node.textValue();
  }
}
