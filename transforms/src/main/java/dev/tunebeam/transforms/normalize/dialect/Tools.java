package dev.tunebeam.transforms.normalize.dialect;

import dev.tunebeam.dataset.Whitespace;
import dev.tunebeam.transforms.json.JsonText;
import dev.tunebeam.transforms.normalize.template.RowFields;
import dev.tunebeam.transforms.row.Reason;
import dev.tunebeam.transforms.row.RejectException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads tools and tool calls of OpenAI's training lines, and rejects what the API would refuse
 * after the upload. Pure functions; all throw {@link RejectException}.
 */
final class Tools {

  private static final int MOST_FUNCTIONS = 128;

  private Tools() {}

  /**
   * The tools that the assistant may call in the conversation. Null and an empty list count as
   * absent.
   */
  static Map<String, Object> read(Map<?, ?> fields) {
    Map<String, Object> tools = new LinkedHashMap<>();
    List<?> definitions = definitions(fields, "tools");
    if (definitions != null) {
      for (int i = 0; i < definitions.size(); i++) {
        checkTool(i + 1, definitions.get(i));
      }
      tools.put("tools", definitions);
    }
    List<?> functions = definitions(fields, "functions");
    if (functions != null) {
      if (functions.isEmpty() || functions.size() > MOST_FUNCTIONS) {
        throw bad("functions holds %s definitions, not 1 to 128".formatted(functions.size()));
      }
      for (int i = 0; i < functions.size(); i++) {
        checkFunction("function %s".formatted(i + 1), functions.get(i));
      }
      tools.put("functions", functions);
    }
    Object parallel = RowFields.get(fields, "parallel_tool_calls");
    if (parallel != null && !(parallel instanceof Boolean)) {
      throw bad("parallel_tool_calls is %s; it is true or false".formatted(JsonText.of(parallel)));
    }
    if (parallel != null) {
      tools.put("parallel_tool_calls", parallel);
    }
    return tools;
  }

  private static @Nullable List<?> definitions(Map<?, ?> fields, String key) {
    Object value = RowFields.get(fields, key);
    if (value == null || (key.equals("tools") && value.equals(List.of()))) {
      return null;
    }
    if (value instanceof List<?> list) {
      return list;
    }
    throw bad("%s is not a list of definitions".formatted(key));
  }

  private static void checkTool(int number, @Nullable Object tool) {
    if (!(tool instanceof Map<?, ?> map) || !"function".equals(map.get("type"))) {
      throw bad("tool %s is not an object of type function".formatted(number));
    }
    checkFunction("tool %s".formatted(number), map.get("function"));
  }

  private static void checkFunction(String which, @Nullable Object definition) {
    if (!(definition instanceof Map<?, ?> function)
        || !(function.get("name") instanceof String name)
        || Whitespace.isBlank(name)) {
      throw bad("%s has no function with a name".formatted(which));
    }
    if (has(function, "description") && !(function.get("description") instanceof String)) {
      throw bad("%s (%s) has a description that is not text".formatted(which, name));
    }
    if (has(function, "parameters") && !(function.get("parameters") instanceof Map)) {
      throw bad("%s (%s) has parameters that are not a JSON Schema object".formatted(which, name));
    }
    if (function.get("strict") != null && !(function.get("strict") instanceof Boolean)) {
      throw bad("%s (%s) has a strict that is neither true nor false".formatted(which, name));
    }
  }

  private static boolean has(Map<?, ?> map, String key) {
    return map.containsKey(key);
  }

  /** Rejects tool_calls or function_call of a message that the API would refuse. */
  static void checkCalls(int number, Map<String, Object> message) {
    Object calls = message.get("tool_calls");
    if (calls != null) {
      if (!(calls instanceof List<?> list)) {
        throw bad("message %s has tool_calls that are not a list".formatted(number));
      }
      for (Object call : list) {
        if (!(call instanceof Map<?, ?> map)
            || !(map.get("id") instanceof String)
            || !"function".equals(map.get("type"))) {
          throw bad(
              "message %s has a tool call without an id or the type function".formatted(number));
        }
        checkCall(number, "tool call", map.get("function"));
      }
    }
    Object call = message.get("function_call");
    if (call != null) {
      checkCall(number, "function_call", call);
    }
  }

  private static void checkCall(int number, String what, @Nullable Object call) {
    if (!(call instanceof Map<?, ?> function)
        || !(function.get("name") instanceof String)
        || !(function.get("arguments") instanceof String)) {
      throw bad(
          "message %s has a %s without the name of a function and its arguments as a text"
              .formatted(number, what));
    }
  }

  private static RejectException bad(String message) {
    return new RejectException(Reason.BAD_MESSAGES, message);
  }
}
