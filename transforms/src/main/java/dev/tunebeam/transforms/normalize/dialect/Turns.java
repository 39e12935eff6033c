package dev.tunebeam.transforms.normalize.dialect;

import dev.tunebeam.transforms.example.Message;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a dialect makes of a row, before anything is checked that holds for all dialects.
 *
 * @param messages the turns; of two answers the last one is preferred
 * @param other what belongs to the whole conversation: tools, functions, parallel_tool_calls
 * @param nonPreferred the other answer; null where there is no choice of two
 */
public record Turns(
    List<Message> messages, Map<String, Object> other, @Nullable Message nonPreferred) {

  /** A conversation. */
  static Turns of(List<Message> messages, Map<String, Object> other) {
    return new Turns(messages, other, null);
  }
}
