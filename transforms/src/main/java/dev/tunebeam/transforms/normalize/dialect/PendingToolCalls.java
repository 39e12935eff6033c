package dev.tunebeam.transforms.normalize.dialect;

import dev.tunebeam.transforms.example.Message;
import dev.tunebeam.transforms.json.JsonText;
import dev.tunebeam.transforms.json.JsonTree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Matches tool calls with their results while turns are translated. Throws {@link
 * dev.tunebeam.transforms.row.RejectException} for invalid calls and for results without a call.
 */
final class PendingToolCalls {

  private final List<String> ids = new ArrayList<>();
  private final List<@Nullable Object> answers = new ArrayList<>();
  private int calls;
  private int begun;

  /**
   * Calls in consecutive turns become one message: the API requires their results right after it.
   */
  void call(int index, List<Map<String, Object>> messages, @Nullable Object value) {
    if (!answers.isEmpty()) {
      close(messages);
    }
    List<Object> made = new ArrayList<>();
    if (ids.isEmpty()) {
      begun = index;
      Map<String, Object> message = new LinkedHashMap<>();
      message.put("role", Message.ASSISTANT);
      message.put("tool_calls", made);
      messages.add(message);
    } else if (messages.get(messages.size() - 1).get("tool_calls") instanceof List<?> before) {
      made.addAll(before);
      messages.get(messages.size() - 1).put("tool_calls", made);
    }
    for (Object call : parse(index, value)) {
      String id = "call_" + ++calls;
      ids.add(id);
      made.add(toolCall(index, id, call));
    }
  }

  void answer(int index, @Nullable Object value) {
    if (ids.isEmpty()) {
      throw TurnTranslation.bad(index, "is an observation, but no function_call stands before it");
    }
    answers.add(value);
  }

  /** At the end a call needs no result: it is what the model learns. */
  void closeLast(List<Map<String, Object>> messages) {
    if (!answers.isEmpty()) {
      close(messages);
    }
  }

  void close(List<Map<String, Object>> messages) {
    if (ids.isEmpty()) {
      return;
    }
    List<?> given = answers;
    if (answers.size() == 1 && ids.size() > 1) {
      given = split(answers.get(0));
    }
    if (given.size() != ids.size()) {
      throw TurnTranslation.bad(
          begun, "has %s calls, but %s observations follow".formatted(ids.size(), given.size()));
    }
    for (int i = 0; i < ids.size(); i++) {
      Map<String, Object> message = new LinkedHashMap<>();
      message.put("role", "tool");
      TurnTranslation.put(message, "content", text(given.get(i)));
      message.put("tool_call_id", ids.get(i));
      messages.add(message);
    }
    ids.clear();
    answers.clear();
  }

  private static @Nullable Object text(@Nullable Object value) {
    return value == null || value instanceof String ? value : JsonText.of(value);
  }

  /** Several results in one observation are a JSON array. */
  private static List<?> split(@Nullable Object value) {
    try {
      Object parsed = value instanceof String text ? JsonTree.parse(text) : value;
      return parsed instanceof List<?> list ? list : List.of("");
    } catch (IllegalArgumentException e) {
      return List.of("");
    }
  }

  private static List<?> parse(int index, @Nullable Object value) {
    Object parsed;
    try {
      parsed = value instanceof String text ? JsonTree.parse(text) : value;
    } catch (IllegalArgumentException e) {
      throw TurnTranslation.bad(
          index, "is a function_call, but no JSON object with name and arguments");
    }
    return parsed instanceof List<?> list ? list : List.of(parsed == null ? "" : parsed);
  }

  private static Map<String, Object> toolCall(int index, String id, @Nullable Object call) {
    if (!(call instanceof Map<?, ?> map) || !(map.get("name") instanceof String name)) {
      throw TurnTranslation.bad(
          index, "is a function_call, but no JSON object with name and arguments");
    }
    Object given = map.containsKey("arguments") ? map.get("arguments") : map.get("parameters");
    Map<String, Object> function = new LinkedHashMap<>();
    function.put("name", name);
    function.put(
        "arguments",
        given == null ? "{}" : given instanceof String text ? text : JsonText.of(given));
    Map<String, Object> toolCall = new LinkedHashMap<>();
    toolCall.put("id", id);
    toolCall.put("type", "function");
    toolCall.put("function", function);
    return toolCall;
  }
}
