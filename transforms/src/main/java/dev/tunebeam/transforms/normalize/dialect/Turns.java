package dev.tunebeam.transforms.normalize.dialect;

import dev.tunebeam.transforms.example.Message;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The turns that a dialect reads from a row, before the checks common to all dialects.
 *
 * @param messages the turns; of a preference pair, the last one is preferred
 * @param other fields of the whole conversation: tools, functions, parallel_tool_calls
 * @param nonPreferred the other answer; null unless it is a preference pair
 */
public record Turns(
    List<Message> messages, Map<String, Object> other, @Nullable Message nonPreferred) {

  /** Turns with one answer. */
  static Turns of(List<Message> messages, Map<String, Object> other) {
    return new Turns(messages, other, null);
  }
}
