package dev.tunebeam.launcher.standin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.function.Function;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/** JSON as a tree: what the stand-in reads and answers. */
final class Json {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final ObjectReader WHOLE =
      MAPPER.reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private Json() {}

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static ArrayNode array() {
    return JsonNodeFactory.instance.arrayNode();
  }

  /** An array of each element's JSON. */
  static <T> ArrayNode array(Iterable<T> elements, Function<T, ? extends JsonNode> json) {
    ArrayNode array = array();
    elements.forEach(element -> array.add(json.apply(element)));
    return array;
  }

  /** An array of texts. */
  static ArrayNode texts(Iterable<String> texts) {
    ArrayNode array = array();
    texts.forEach(array::add);
    return array;
  }

  /** The tree in {@code bytes}; null where they are not one whole JSON value. */
  static @Nullable JsonNode parse(ByteString bytes) {
    try {
      JsonNode node = WHOLE.readTree(bytes.toByteArray());
      return node.isMissingNode() ? null : node;
    } catch (IOException e) {
      return null;
    }
  }

  static String text(JsonNode node) {
    try {
      return MAPPER.writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree is always writable", e);
    }
  }
}
