package dev.tunebeam.launcher.http;

import static dev.tunebeam.launcher.process.LauncherException.wrongUse;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** A provider's API key. It is only used in a request header and is never printed. */
public final class Secret {

  /** The placeholder in messages. */
  public static final String HIDDEN = "***";

  /** Keys in known formats, complete or partly masked as providers quote them. */
  private static final Pattern KEYS =
      Pattern.compile("\\b(?:sk|fw|tgp_v1|v1)[-_][A-Za-z0-9_*.-]{6,}");

  private final String value;

  /**
   * Creates a key.
   *
   * @param from the origin of the key, for the error message
   */
  public Secret(String value, String from) {
    this.value = value.strip();
    if (this.value.isEmpty() || this.value.chars().anyMatch(c -> c <= ' ' || c > '~')) {
      throw wrongUse(
          "%s does not contain a valid key: it is %s"
              .formatted(from, this.value.isEmpty() ? "empty" : "more than one word"));
    }
  }

  /** Masks this key, and everything that looks like a key, in a text. */
  String hiddenIn(String text) {
    return masked(text.replace(value, HIDDEN));
  }

  /** Masks everything that looks like a key in a text for people, such as an error message. */
  public static String masked(String text) {
    return KEYS.matcher(text).replaceAll(HIDDEN);
  }

  /** Masks this key in all texts and names of JSON, and leaves everything else as it is. */
  JsonNode hiddenIn(JsonNode json) {
    return switch (json.getNodeType()) {
      case STRING ->
          json.textValue().contains(value)
              ? TextNode.valueOf(json.textValue().replace(value, HIDDEN))
              : json;
      case ARRAY -> {
        ArrayNode array = (ArrayNode) json;
        for (int i = 0; i < array.size(); i++) {
          array.set(i, hiddenIn(array.get(i)));
        }
        yield array;
      }
      case OBJECT -> {
        ObjectNode object = Json.object();
        json.fields()
            .forEachRemaining(
                field ->
                    object.set(field.getKey().replace(value, HIDDEN), hiddenIn(field.getValue())));
        yield object;
      }
      default -> json;
    };
  }

  /** Masks this key in the bytes of a file. */
  byte[] hiddenIn(byte[] bytes) {
    String text = new String(bytes, ISO_8859_1);
    return text.contains(value) ? text.replace(value, HIDDEN).getBytes(ISO_8859_1) : bytes;
  }

  /** Hands over the key itself, for a request that carries it elsewhere than in a header. */
  public void use(Consumer<String> consumer) {
    consumer.accept(value);
  }

  /** The key itself, for a header. */
  String value() {
    return value;
  }

  @Override
  public String toString() {
    return HIDDEN;
  }
}
