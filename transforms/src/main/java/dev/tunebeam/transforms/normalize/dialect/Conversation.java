package dev.tunebeam.transforms.normalize.dialect;

import dev.tunebeam.transforms.example.Message;
import dev.tunebeam.transforms.json.JsonNumber;
import dev.tunebeam.transforms.json.JsonText;
import dev.tunebeam.transforms.row.Reason;
import dev.tunebeam.transforms.row.RejectException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code messages} of OpenAI's chat lines and rejects what a fine-tuning API would refuse
 * after the upload; each message names the turn and the key.
 */
public final class Conversation {

  private static final Set<String> ROLES =
      Set.of("system", "developer", "user", "assistant", "tool", "function");

  /** The keys of messages in OpenAI's training lines, besides role and content. */
  private static final Set<String> KEYS =
      Set.of("name", "weight", "tool_calls", "tool_call_id", "function_call", "refusal", "audio");

  /** Keys of an assistant turn that may replace content. */
  private static final List<String> INSTEAD_OF_CONTENT =
      List.of("tool_calls", "function_call", "refusal", "audio");

  /** The key that a role requires. */
  private static final Map<String, String> NEEDED_KEYS =
      Map.of("tool", "tool_call_id", "function", "name");

  /** Keys whose values are strings. */
  private static final List<String> TEXTS = List.of("name", "refusal", "tool_call_id");

  private Conversation() {}

  /** Whether OpenAI's chat lines have this role. */
  static boolean isRole(@Nullable Object role) {
    return role instanceof String name && ROLES.contains(name);
  }

  /** Reads a conversation that ends with the assistant. */
  static List<Message> read(List<?> messages) {
    return ended(readOpen(messages, UnknownKeys.REJECT));
  }

  /** The same turns; refused unless the assistant speaks last. */
  public static List<Message> ended(List<Message> turns) {
    Message last = turns.get(turns.size() - 1);
    if (turns.stream().noneMatch(Message::isAssistant)) {
      throw bad("no message is of the role 'assistant', so there is nothing to learn");
    }
    if (!last.isAssistant()) {
      throw new UnansweredException(
          "the last message is of the role '%s'; a conversation ends with what the assistant says; %s"
              .formatted(
                  last.role(),
                  "examples: each-answer learns every answer and leaves out the rest"));
    }
    return turns;
  }

  /** Reads a conversation, whoever speaks last. */
  static List<Message> readOpen(List<?> messages, UnknownKeys unknownKeys) {
    if (messages.isEmpty()) {
      throw bad(
          "messages is empty; a conversation needs a turn of the user and one of the assistant");
    }
    List<Message> turns = new ArrayList<>(messages.size());
    for (int i = 0; i < messages.size(); i++) {
      turns.add(turn(i + 1, messages.get(i), unknownKeys));
    }
    return turns;
  }

  private static Message turn(int number, @Nullable Object element, UnknownKeys unknownKeys) {
    if (!(element instanceof Map<?, ?> map)) {
      throw bad("message %s is not an object with role and content".formatted(number));
    }
    if (!(map.get("role") instanceof String role)) {
      throw bad("message %s has no role".formatted(number));
    }
    if (!ROLES.contains(role)) {
      throw bad(
          "message %s has the unknown role '%s'; known are system, developer, user, assistant, tool; map.roles says what it is: %s=user"
              .formatted(number, role, role));
    }
    Map<String, Object> other = new LinkedHashMap<>();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      String key = (String) entry.getKey();
      if (key.equals("role") || key.equals("content")) {
        continue;
      }
      if (!KEYS.contains(key)) {
        if (unknownKeys == UnknownKeys.DROP) {
          continue;
        }
        throw bad(
            "message %s has the unknown key '%s'; take it out, or set map.unknownKeys: drop"
                .formatted(number, key));
      }
      // A key that is null, or an empty list of calls, counts as absent: exports write all keys.
      Object value = entry.getValue();
      boolean none = value == null || (key.equals("tool_calls") && value.equals(List.of()));
      if (!none) {
        other.put(key, key.equals("weight") ? weight(value) : value);
      }
    }
    checkKeys(number, role, other);
    Message turn = new Message(role, map.get("content"), other);
    checkContent(number, turn);
    return turn;
  }

  /** Data frames store integers as decimals in columns with missing values. */
  private static Object weight(Object value) {
    return value instanceof JsonNumber && value.toString().matches("[01]\\.0+")
        ? new JsonNumber(value.toString().substring(0, 1))
        : value;
  }

  private static void checkKeys(int number, String role, Map<String, Object> other) {
    Object weight = other.get("weight");
    if (weight != null && !(weight instanceof JsonNumber && weight.toString().matches("[01]"))) {
      throw bad("message %s has the weight %s; it is 0 or 1".formatted(number, weight));
    }
    String needed = NEEDED_KEYS.get(role);
    if (needed != null && !(other.get(needed) instanceof String)) {
      throw bad("message %s (%s) has no %s".formatted(number, role, needed));
    }
    for (String key : TEXTS) {
      if (other.get(key) != null && !(other.get(key) instanceof String)) {
        throw bad("message %s has a %s that is not text".formatted(number, key));
      }
    }
    if (other.get("audio") != null
        && !(other.get("audio") instanceof Map<?, ?> audio && audio.get("id") instanceof String)) {
      throw bad("message %s has an audio without an id".formatted(number));
    }
    Tools.checkCalls(number, other);
  }

  private static void checkContent(int number, Message turn) {
    Object content = turn.content();
    boolean missing =
        content == null
            ? !saysSomethingElse(turn) && !turn.role().equals("function")
            : content.equals(List.of());
    if (missing) {
      throw bad("message %s (%s) has no content".formatted(number, turn.role()));
    }
    if (content instanceof List<?> parts) {
      ContentParts.check(number, turn.role(), parts);
    } else if (content != null && !(content instanceof String)) {
      throw new RejectException(
          Reason.NOT_TEXT,
          "the content of message %s (%s) is not text: %s"
              .formatted(number, turn.role(), JsonText.of(content)));
    }
  }

  /** Whether the assistant does something other than answer: calls a tool, or refuses. */
  public static boolean saysSomethingElse(Message turn) {
    return turn.isAssistant()
        && INSTEAD_OF_CONTENT.stream()
            .anyMatch(key -> turn.other().containsKey(key) && !isEmpty(turn.other().get(key)));
  }

  private static boolean isEmpty(@Nullable Object value) {
    return value == null || value.equals(List.of()) || value.equals("");
  }

  private static RejectException bad(String message) {
    return new RejectException(Reason.BAD_MESSAGES, message);
  }
}
