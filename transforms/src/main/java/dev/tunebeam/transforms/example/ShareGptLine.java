package dev.tunebeam.transforms.example;

import dev.tunebeam.transforms.json.JsonText;
import dev.tunebeam.transforms.json.JsonTree;
import dev.tunebeam.transforms.row.Reason;
import dev.tunebeam.transforms.row.RejectException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Renders an example in the ShareGPT format: conversations of turns with from and value, tool calls
 * and results as turns too, and tool definitions as a JSON string. For a preference pair, chosen
 * and rejected beside the turns. A pure function.
 */
public final class ShareGptLine {

  private ShareGptLine() {}

  /** The line's fields in order; throws {@link RejectException} for what the format cannot hold. */
  public static Map<String, Object> of(Example example) {
    Map<String, Object> line = new LinkedHashMap<>();
    Message other = example.nonPreferred();
    line.put("conversations", turns(other == null ? example.messages() : example.context()));
    if (other != null) {
      line.put("chosen", turns(List.of(example.answer())).get(0));
      line.put("rejected", turns(List.of(other)).get(0));
    }
    for (Map.Entry<String, Object> key : example.other().entrySet()) {
      if (!key.getKey().equals("tools")) {
        throw unfit(key.getKey());
      }
      line.put("tools", tools(key.getValue()));
    }
    return line;
  }

  private static List<Map<String, Object>> turns(List<Message> messages) {
    List<Map<String, Object>> turns = new ArrayList<>();
    List<Object> results = new ArrayList<>();
    for (Message message : messages) {
      if (message.role().equals("tool")) {
        results.add(text(message));
        continue;
      }
      addResults(turns, results);
      Object calls = message.other().get("tool_calls");
      if (calls instanceof List<?> list && !list.isEmpty()) {
        if (message.content() != null && !message.isBlank()) {
          throw unfit("a call and a text in one message");
        }
        checkKeys(message, "tool_calls");
        turns.add(turn("function_call", calls(list)));
      } else {
        turns.add(turn(from(message.role()), text(message)));
      }
    }
    addResults(turns, results);
    return turns;
  }

  /** Several results become one turn, a JSON array, like several calls. */
  private static void addResults(List<Map<String, Object>> turns, List<Object> results) {
    if (!results.isEmpty()) {
      turns.add(
          turn(
              "observation",
              results.size() == 1 ? results.get(0) : JsonText.of(List.copyOf(results))));
      results.clear();
    }
  }

  private static Map<String, Object> turn(String from, Object value) {
    Map<String, Object> turn = new LinkedHashMap<>();
    turn.put("from", from);
    turn.put("value", value);
    return turn;
  }

  private static String from(String role) {
    return switch (role) {
      case Message.SYSTEM, Message.DEVELOPER -> "system";
      case Message.USER -> "human";
      case Message.ASSISTANT -> "gpt";
      default -> throw unfit("a message of the role " + role);
    };
  }

  private static Object text(Message message) {
    checkKeys(message, "tool_call_id");
    if (message.content() instanceof String text) {
      return text;
    }
    throw unfit(message.content() == null ? "a message without content" : "a message in parts");
  }

  private static void checkKeys(Message message, String held) {
    for (Map.Entry<String, Object> key : message.other().entrySet()) {
      if (!key.getKey().equals(held) && !isPlainWeight(key)) {
        throw unfit("a message with " + key.getKey());
      }
    }
  }

  /** Weight 1 is the default: every answer is learned. */
  static boolean isPlainWeight(Map.Entry<String, Object> key) {
    return key.getKey().equals("weight") && key.getValue().toString().equals("1");
  }

  private static String calls(List<?> calls) {
    List<Object> functions = new ArrayList<>();
    for (Object call : calls) {
      Map<String, Object> function = new LinkedHashMap<>();
      if (call instanceof Map<?, ?> map
          && map.get("function") instanceof Map<?, ?> made
          && made.get("name") instanceof String name
          && made.get("arguments") instanceof String arguments) {
        function.put("name", name);
        function.put("arguments", parsed(arguments));
      }
      functions.add(function);
    }
    return JsonText.of(functions.size() == 1 ? functions.get(0) : functions);
  }

  private static Object parsed(String arguments) {
    try {
      Object value = JsonTree.parse(arguments);
      return value == null ? arguments : value;
    } catch (IllegalArgumentException e) {
      // The model wrote them, so they may be invalid JSON.
      return arguments;
    }
  }

  private static String tools(@Nullable Object tools) {
    List<Object> functions = new ArrayList<>();
    if (tools instanceof List<?> list) {
      for (Object tool : list) {
        functions.add(
            tool instanceof Map<?, ?> map && map.get("function") instanceof Map<?, ?> function
                ? function
                : Map.of());
      }
    }
    return JsonText.of(functions);
  }

  private static RejectException unfit(String what) {
    return new RejectException(
        Reason.DOES_NOT_FIT_FORMAT, "ShareGPT cannot hold %s; use format: chat".formatted(what));
  }
}
