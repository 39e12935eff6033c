package dev.tunebeam.transforms.normalize.dialect;

import dev.tunebeam.dataset.Whitespace;
import dev.tunebeam.transforms.example.Message;
import dev.tunebeam.transforms.row.Reason;
import dev.tunebeam.transforms.row.RejectException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Translates turns of other formats, with from and value or similar keys, to messages of OpenAI's
 * chat lines. A turn function_call becomes a tool call with an id, and the observation that follows
 * becomes its result. Keys that chat lines do not have are dropped. Throws {@link RejectException}
 * for invalid turns. A pure function.
 */
final class TurnTranslation {

  private static final String CALL = "function_call";
  private static final String OBSERVATION = "observation";

  static final List<String> ROLE_KEYS = List.of("from", "role", "speaker", "author", "sender");
  static final List<String> TEXT_KEYS = List.of("value", "content", "text", "message", "utterance");

  /** Keys that chat lines have too. */
  private static final List<String> KEPT =
      List.of("name", "weight", "tool_calls", "tool_call_id", "function_call", "refusal");

  private static final Map<String, Set<String>> USUAL_ROLES =
      Map.of(
          Message.USER,
          Set.of("human", "user", "prompter", "customer", "client"),
          Message.ASSISTANT,
          Set.of("gpt", "assistant", "bot", "chatbot", "chatgpt", "model", "ai", "agent"),
          Message.SYSTEM,
          Set.of("system"),
          Message.DEVELOPER,
          Set.of("developer"),
          CALL,
          Set.of("function_call", "tool_call"),
          OBSERVATION,
          Set.of("observation", "tool", "function", "tool_response", "function_response"));

  private final Map<String, String> roles = new LinkedHashMap<>();

  /**
   * Creates a translation.
   *
   * @param mapped role names of the data and what they mean, {@code agent=assistant}
   * @throws IllegalArgumentException if one of them is invalid
   */
  TurnTranslation(List<String> mapped) {
    USUAL_ROLES.forEach((role, names) -> names.forEach(name -> roles.put(name, role)));
    for (String pair : mapped) {
      int equals = pair.lastIndexOf('=');
      String role = Whitespace.strip(pair.substring(equals + 1));
      if (equals < 1 || !roles.containsKey(role)) {
        throw new IllegalArgumentException(
            "map.roles holds \"%s\"; write the role of the data and what it is: agent=assistant"
                .formatted(pair));
      }
      roles.put(Whitespace.strip(pair.substring(0, equals)).toLowerCase(Locale.ROOT), roleOf(role));
    }
  }

  private String roleOf(String name) {
    return roles.getOrDefault(Whitespace.strip(name).toLowerCase(Locale.ROOT), "");
  }

  /** The messages, not yet validated. */
  List<Map<String, Object>> translate(List<?> turns) {
    List<Map<String, Object>> messages = new ArrayList<>(turns.size());
    PendingToolCalls open = new PendingToolCalls();
    for (int i = 0; i < turns.size(); i++) {
      if (!(turns.get(i) instanceof Map<?, ?> turn)) {
        throw bad(i, "is not an object with from and value");
      }
      String name = String.valueOf(first(turn, ROLE_KEYS, i, "from"));
      String role = roleOf(name);
      Object text = first(turn, TEXT_KEYS, i, "value");
      if (role.equals(CALL)) {
        open.call(i, messages, text);
      } else if (role.equals(OBSERVATION) && !isAnswered(turn)) {
        open.answer(i, text);
      } else {
        open.close(messages);
        messages.add(message(i, name, role, text, turn));
      }
    }
    open.closeLast(messages);
    return messages;
  }

  /** Whether it is an OpenAI message that names the call it answers. */
  private static boolean isAnswered(Map<?, ?> turn) {
    return turn.get("tool_call_id") != null
        || ("function".equals(turn.get("role")) && turn.get("name") != null);
  }

  private Map<String, Object> message(
      int index, String name, String role, @Nullable Object text, Map<?, ?> turn) {
    if (role.isEmpty()) {
      throw bad(
          index,
          "has the unknown role '%s'; map.roles says what it is: %s=user".formatted(name, name));
    }
    Map<String, Object> message = new LinkedHashMap<>();
    boolean legacy = role.equals(OBSERVATION) && turn.get("tool_call_id") == null;
    message.put("role", role.equals(OBSERVATION) ? (legacy ? "function" : "tool") : role);
    put(message, "content", text);
    for (String key : KEPT) {
      if (turn.get(key) != null) {
        put(message, key, turn.get(key));
      }
    }
    return message;
  }

  @SuppressWarnings("NullAway") // a value may be null, which Map cannot say
  static void put(Map<String, Object> message, String key, @Nullable Object value) {
    message.put(key, value);
  }

  private static @Nullable Object first(Map<?, ?> turn, List<String> keys, int index, String key) {
    for (String candidate : keys) {
      if (turn.containsKey(candidate)) {
        return turn.get(candidate);
      }
    }
    // OpenAI messages may have no content if there is a call.
    if (key.equals("value") && turn.containsKey("tool_calls")) {
      return null;
    }
    throw bad(
        index, "has no %s, only %s".formatted(key, turn.isEmpty() ? "nothing" : turn.keySet()));
  }

  static RejectException bad(int index, String what) {
    return new RejectException(Reason.BAD_MESSAGES, "turn %s %s".formatted(index + 1, what));
  }
}
