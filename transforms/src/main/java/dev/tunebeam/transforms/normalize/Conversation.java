package dev.tunebeam.transforms.normalize;

import dev.tunebeam.transforms.reject.Reason;
import dev.tunebeam.transforms.reject.RejectException;
import dev.tunebeam.transforms.render.JsonText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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

  /** What a turn of the assistant may have in the place of content. */
  private static final List<String> INSTEAD_OF_CONTENT =
      List.of("tool_calls", "function_call", "refusal", "audio");

  /** The key that a role cannot do without. */
  private static final Map<String, String> NEEDED_KEYS =
      Map.of("tool", "tool_call_id", "function", "name");

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

  /**
   * What belongs to the whole conversation: the tools that the assistant may call. Null counts as
   * absent.
   */
  static Map<String, Object> readTools(Map<String, Object> fields) {
    Map<String, Object> tools = new LinkedHashMap<>();
    for (String key : List.of("tools", "functions")) {
      Object value = fields.get(key);
      if (value != null && !(value instanceof List)) {
        throw bad("%s is no list of definitions".formatted(key));
      }
      putIfThere(tools, key, value);
    }
    Object parallel = fields.get("parallel_tool_calls");
    if (parallel != null && !(parallel instanceof Boolean)) {
      throw bad("parallel_tool_calls is %s; it is true or false".formatted(JsonText.of(parallel)));
    }
    putIfThere(tools, "parallel_tool_calls", parallel);
    return tools;
  }

  private static void putIfThere(Map<String, Object> map, String key, @Nullable Object value) {
    if (value != null) {
      map.put(key, value);
    }
  }

  private static Message turn(int number, @Nullable Object element) {
    if (!(element instanceof Map<?, ?> map)) {
      throw bad("message %s is no object with role and content".formatted(number));
    }
    if (!(map.get("role") instanceof String role)) {
      throw bad("message %s has no role".formatted(number));
    }
    if (!ROLES.contains(role)) {
      throw bad(
          "message %s has the unknown role '%s'; known are system, developer, user, assistant, tool"
              .formatted(number, role));
    }
    Map<String, Object> other = new LinkedHashMap<>();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      String key = (String) entry.getKey();
      if (key.equals("role") || key.equals("content")) {
        continue;
      }
      if (!KEYS.contains(key)) {
        throw bad("message %s has the unknown key '%s'; take it out".formatted(number, key));
      }
      // A key that is null says nothing: exports write all the keys they know.
      if (entry.getValue() != null) {
        other.put(key, entry.getValue());
      }
    }
    checkKeys(number, role, other);
    Message turn = new Message(role, map.get("content"), other);
    checkContent(number, turn);
    return turn;
  }

  private static void checkKeys(int number, String role, Map<String, Object> other) {
    Object weight = other.get("weight");
    if (weight != null && !weight.toString().matches("[01]")) {
      throw bad("message %s has the weight %s; it is 0 or 1".formatted(number, weight));
    }
    String needed = NEEDED_KEYS.get(role);
    if (needed != null && !(other.get(needed) instanceof String)) {
      throw bad("message %s (%s) has no %s".formatted(number, role, needed));
    }
  }

  private static void checkContent(int number, Message turn) {
    Object content = turn.content();
    if (content == null ? !saysSomethingElse(turn) : content.equals(List.of())) {
      throw bad("message %s (%s) has no content".formatted(number, turn.role()));
    }
    if (content instanceof List<?> parts) {
      parts.forEach(part -> checkPart(number, part));
    } else if (content != null && !(content instanceof String)) {
      throw new RejectException(
          Reason.NOT_TEXT,
          "the content of message %s (%s) is no text: %s"
              .formatted(number, turn.role(), JsonText.of(content)));
    }
  }

  /** Whether the assistant does something other than speak: calls a tool, or refuses. */
  static boolean saysSomethingElse(Message turn) {
    return turn.isAssistant()
        && INSTEAD_OF_CONTENT.stream()
            .anyMatch(key -> turn.other().containsKey(key) && !isEmpty(turn.other().get(key)));
  }

  private static boolean isEmpty(@Nullable Object value) {
    return value == null || value.equals(List.of()) || value.equals("");
  }

  private static void checkPart(int number, @Nullable Object part) {
    if (!(part instanceof Map<?, ?> map) || !(map.get("type") instanceof String type)) {
      throw bad("message %s has a content part without a type".formatted(number));
    }
    if (type.equals("text") && !(map.get("text") instanceof String)) {
      throw bad("message %s has a content part of the type text without a text".formatted(number));
    }
  }

  private static RejectException bad(String message) {
    return new RejectException(Reason.BAD_MESSAGES, message);
  }
}
