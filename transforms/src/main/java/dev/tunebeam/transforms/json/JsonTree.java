package dev.tunebeam.transforms.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON that stands within a text, such as the arguments of a call, into the value trees that
 * the reader makes; the opposite of {@link JsonText}. Nesting is bounded by Jackson's limit of
 * 1,000.
 */
public final class JsonTree {

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .streamReadConstraints(
              // The text is part of a row, whose length is bounded already.
              StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
          .build();

  private JsonTree() {}

  /**
   * The value that the text is.
   *
   * @throws IllegalArgumentException if the text is no JSON, or more than one value
   */
  public static @Nullable Object parse(String text) {
    try (JsonParser json = JSON.createParser(text)) {
      if (json.nextToken() == null) {
        throw new IllegalArgumentException("there is no JSON in it");
      }
      Object value = value(json);
      if (json.nextToken() != null) {
        throw new IllegalArgumentException("there is more than one JSON value in it");
      }
      return value;
    } catch (IOException e) {
      throw new IllegalArgumentException("it is no JSON", e);
    }
  }

  private static @Nullable Object value(JsonParser json) throws IOException {
    return switch (json.currentToken()) {
      case VALUE_STRING -> json.getText();
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new JsonNumber(json.getText());
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case START_OBJECT -> object(json);
      case START_ARRAY -> array(json);
      default -> null;
    };
  }

  @SuppressWarnings("NullAway") // a value may be null, which Map cannot say
  private static Map<String, Object> object(JsonParser json) throws IOException {
    Map<String, Object> fields = new LinkedHashMap<>();
    for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
      json.nextToken();
      fields.put(name, value(json));
    }
    return fields;
  }

  @SuppressWarnings("NullAway") // an element may be null, which List cannot say
  private static List<Object> array(JsonParser json) throws IOException {
    List<Object> list = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      list.add(value(json));
    }
    return list;
  }
}
