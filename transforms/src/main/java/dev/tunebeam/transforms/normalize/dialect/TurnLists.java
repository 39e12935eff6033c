package dev.tunebeam.transforms.normalize.dialect;

import dev.tunebeam.dataset.Whitespace;
import dev.tunebeam.transforms.json.JsonTree;
import dev.tunebeam.transforms.normalize.template.RowFields;
import dev.tunebeam.transforms.row.Reason;
import dev.tunebeam.transforms.row.RejectException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the turns of a conversation: a list, its JSON string, as in CSV files and spreadsheets, or
 * a prompt and a completion that are lists of turns. Pure functions.
 */
final class TurnLists {

  /** The Python repr of a list of turns, which is not JSON. */
  private static final Pattern PYTHON =
      Pattern.compile(
          "(?s)[" + Whitespace.CHARACTERS + "]*\\[\\s*\\{\\s*'(role|content|from|value)'\\s*:.*");

  private TurnLists() {}

  /**
   * The value, or the list of turns that it is the JSON string of.
   *
   * @throws RejectException if it is the Python repr of a list of turns
   */
  static @Nullable Object unwrapped(@Nullable Object value) {
    if (!(value instanceof String text)) {
      return value;
    }
    List<?> turns = ofText(text);
    return turns == null ? value : turns;
  }

  /**
   * The turns that a text is the JSON of; null for any other text.
   *
   * @throws RejectException if it is the Python repr of a list of turns
   */
  static @Nullable List<?> ofText(String text) {
    if (isPython(text)) {
      throw new RejectException(
          Reason.BAD_MESSAGES,
          "the list of turns is the repr of a Python list, not JSON; write it with"
              + " json.dumps, or the rows as JSONL");
    }
    return parsed(text);
  }

  /** Whether a value is the Python repr of a list of turns. */
  static boolean isPython(@Nullable Object value) {
    return value instanceof String text && PYTHON.matcher(text).matches();
  }

  private static @Nullable List<?> parsed(String text) {
    String json = Whitespace.strip(text);
    if (!json.startsWith("[")) {
      return null;
    }
    try {
      return JsonTree.parse(json) instanceof List<?> list && areTurns(list) ? list : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** Whether each element has a role, and content or tool calls. */
  static boolean areTurns(List<?> list) {
    return !list.isEmpty()
        && list.stream()
            .allMatch(
                turn ->
                    turn instanceof Map<?, ?> map
                        && TurnTranslation.ROLE_KEYS.stream().anyMatch(map::containsKey)
                        && (TurnTranslation.TEXT_KEYS.stream().anyMatch(map::containsKey)
                            || map.containsKey("tool_calls")));
  }

  /** The turns of a prompt with those of its completion; null unless both are lists of turns. */
  static @Nullable List<?> ofPromptAndCompletion(Map<String, Object> fields) {
    if (!(RowFields.get(fields, "prompt") instanceof List<?> prompt)
        || !(RowFields.get(fields, "completion") instanceof List<?> completion)
        || !areTurns(prompt)
        || !areTurns(completion)) {
      return null;
    }
    List<Object> turns = new ArrayList<>(prompt);
    turns.addAll(completion);
    return turns;
  }
}
