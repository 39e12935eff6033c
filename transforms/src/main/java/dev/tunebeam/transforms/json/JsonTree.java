package dev.tunebeam.transforms.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Parses JSON into the value trees of rows: string, {@link JsonNumber}, boolean, null, list and
 * object; the inverse of {@link JsonText}. NaN and the infinities are null, as in Parquet;
 * duplicate keys in an object are refused. Nesting is limited by Jackson to 1,000.
 */
public final class JsonTree {

  /** Parsers for {@link #read}. */
  public static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          // Python writes NaN and Infinity, which JSON does not have.
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .streamReadConstraints(
              // The text is a row or part of one, whose length is already limited.
              StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
          .build();

  private JsonTree() {}

  /**
   * Parses the text.
   *
   * @throws IllegalArgumentException if the text is not JSON, or more than one value
   */
  public static @Nullable Object parse(String text) {
    try (JsonParser json = JSON.createParser(text)) {
      if (json.nextToken() == null) {
        throw new IllegalArgumentException("it contains no JSON");
      }
      Object value = read(json);
      if (json.nextToken() != null) {
        throw new IllegalArgumentException("there is more than one JSON value in it");
      }
      return value;
    } catch (IOException e) {
      throw new IllegalArgumentException("it is not JSON", e);
    }
  }

  /**
   * Reads the value at the parser's current token, up to its last token.
   *
   * @throws IOException if it is not JSON
   * @throws IllegalArgumentException if it is refused; the message says why
   */
  public static @Nullable Object read(JsonParser json) throws IOException {
    return switch (json.currentToken()) {
      case START_OBJECT -> readObject(json);
      case START_ARRAY -> list(json);
      case VALUE_STRING -> json.getText();
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(json.getText());
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> null;
    };
  }

  /** Reads the object at the parser's current token, like {@link #read}. */
  @SuppressWarnings("NullAway") // a value may be null, which Map cannot say
  public static Map<String, Object> readObject(JsonParser json) throws IOException {
    Map<String, Object> fields = new LinkedHashMap<>();
    for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
      json.nextToken();
      int before = fields.size();
      fields.put(name, read(json));
      if (fields.size() == before) {
        throw new IllegalArgumentException("the name \"" + name + "\" occurs twice in one object");
      }
    }
    return fields;
  }

  @SuppressWarnings("NullAway") // an element may be null, which List cannot say
  private static List<Object> list(JsonParser json) throws IOException {
    List<Object> list = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      list.add(read(json));
    }
    return list;
  }

  private static @Nullable JsonNumber number(String text) {
    boolean isNone = text.endsWith("N") || text.endsWith("F") || text.endsWith("y");
    return isNone ? null : new JsonNumber(text);
  }
}
