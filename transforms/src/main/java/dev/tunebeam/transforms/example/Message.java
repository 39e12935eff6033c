package dev.tunebeam.transforms.example;

import dev.tunebeam.dataset.Whitespace;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One turn of an example.
 *
 * @param role system, developer, user, assistant, tool or function
 * @param content a text, a list of content parts, or null if the assistant only calls tools
 * @param other the message's other keys (name, weight, tool_calls, …), in order, as they were read
 */
public record Message(String role, @Nullable Object content, Map<String, Object> other)
    implements Serializable {

  public static final String SYSTEM = "system";
  public static final String DEVELOPER = "developer";
  public static final String USER = "user";
  public static final String ASSISTANT = "assistant";

  /** A turn with only text. */
  public static Message of(String role, String text) {
    return new Message(role, text, Map.of());
  }

  public boolean isAssistant() {
    return role.equals(ASSISTANT);
  }

  /** Whether it is an instruction, not a question: the role is system or developer. */
  public boolean isSystem() {
    return role.equals(SYSTEM) || role.equals(DEVELOPER);
  }

  /** The texts of the content: one for a plain text, one per text part, none without content. */
  public List<String> texts() {
    if (content instanceof String text) {
      return List.of(text);
    }
    List<String> texts = new ArrayList<>();
    if (content instanceof List<?> parts) {
      for (Object part : parts) {
        if (part instanceof Map<?, ?> map && map.get("text") instanceof String text) {
          texts.add(text);
        }
      }
    }
    return texts;
  }

  /** The whole text, parts joined. */
  public String text() {
    return content instanceof String text ? text : String.join("", texts());
  }

  /**
   * Whether the content is blank: no text but whitespace, and no other part such as an image. Tool
   * calls are not content.
   */
  public boolean isBlank() {
    if (content instanceof List<?> parts) {
      return parts.stream()
          .allMatch(
              part ->
                  part instanceof Map<?, ?> map
                      && map.get("text") instanceof String text
                      && Whitespace.isBlank(text));
    }
    return Whitespace.isBlank(text());
  }

  /** A copy with its text, or the text of each of its parts, changed. */
  public Message mapTexts(UnaryOperator<String> change) {
    if (content instanceof String text) {
      return withText(change.apply(text));
    }
    if (!(content instanceof List<?> parts)) {
      return this;
    }
    List<Object> changed = new ArrayList<>(parts.size());
    for (Object part : parts) {
      if (part instanceof Map<?, ?> map && map.get("text") instanceof String text) {
        Map<Object, Object> fields = new LinkedHashMap<>(map);
        fields.put("text", change.apply(text));
        changed.add(fields);
      } else {
        changed.add(part);
      }
    }
    return new Message(role, changed, other);
  }

  /** A copy with another text. */
  public Message withText(String text) {
    return new Message(role, text, other);
  }
}
