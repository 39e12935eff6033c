package dev.tunebeam.transforms.normalize;

import dev.tunebeam.transforms.reject.Reason;
import dev.tunebeam.transforms.reject.RejectException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads {@code messages} as OpenAI's chat lines have them and refuses what a fine-tuning API would
 * refuse after the upload: each refusal names the message and the key.
 */
final class Conversation {

  private static final Set<String> ROLES =
      Set.of("system", "developer", "user", "assistant", "tool", "function");

  /** The keys that OpenAI's training lines know, besides role and content. */
  private static final Set<String> KEYS =
      Set.of("name", "weight", "tool_calls", "tool_call_id", "function_call", "refusal", "audio");

  private Conversation() {}

  /** The turns of a conversation that ends with the assistant. */
  static List<Message> read(List<?> messages) {
    if (messages.isEmpty()) {
      throw bad(
          "messages is empty; a conversation needs a turn of the user and one of the assistant");
    }
    List<Message> turns = new ArrayList<>(messages.size());
    for (int i = 0; i < messages.size(); i++) {
      turns.add(turn(i + 1, messages.get(i)));
    }
    if (!turns.get(turns.size() - 1).isAssistant()) {
      throw bad(
          "the last message is of the role '%s'; a conversation ends with what the assistant says"
              .formatted(turns.get(turns.size() - 1).role()));
    }
    return turns;
  }

  private static Message turn(int number, Object element) {
    if (!(element instanceof Map<?, ?> map)) {
      throw bad("message %d is no object with role and content".formatted(number));
    }
    if (!(map.get("role") instanceof String role)) {
      throw bad("message %d has no role".formatted(number));
    }
    if (!ROLES.contains(role)) {
      throw bad(
          "message %d has the unknown role '%s'; known are system, developer, user, assistant, tool"
              .formatted(number, role));
    }
    Map<String, Object> other = new LinkedHashMap<>();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      String key = (String) entry.getKey();
      if (key.equals("role") || key.equals("content")) {
        continue;
      }
      if (!KEYS.contains(key)) {
        throw bad("message %d has the unknown key '%s'; take it out".formatted(number, key));
      }
      other.put(key, entry.getValue());
    }
    Object content = map.get("content");
    if (content == null
        && !other.containsKey("tool_calls")
        && !other.containsKey("function_call")) {
      throw bad("message %d (%s) has no content".formatted(number, role));
    }
    if (content instanceof List<?> parts) {
      parts.forEach(part -> checkPart(number, part));
    } else if (content != null && !(content instanceof String)) {
      throw new RejectException(
          Reason.NOT_TEXT,
          "the content of message %d (%s) is no text: %s".formatted(number, role, content));
    }
    return new Message(role, content, other);
  }

  private static void checkPart(int number, Object part) {
    if (!(part instanceof Map<?, ?> map) || !(map.get("type") instanceof String)) {
      throw bad("message %d has a content part without a type".formatted(number));
    }
  }

  private static RejectException bad(String message) {
    return new RejectException(Reason.BAD_MESSAGES, message);
  }
}
