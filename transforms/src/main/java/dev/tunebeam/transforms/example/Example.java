package dev.tunebeam.transforms.example;

import dev.tunebeam.transforms.row.Source;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One training example, before it is rendered: the one model for prompt/completion, chat and
 * preference.
 *
 * @param source the row that it was made of
 * @param ordinal 0 for the first example of a row, 1 for the second
 * @param raw the row's text, for the rejects file
 * @param messages the turns; the last one is the assistant's, of two answers the preferred one
 * @param other what belongs to the whole conversation: tools, parallel_tool_calls, functions
 * @param className its class, null where the corpus has none
 * @param cleaned whether a separator or stop sequence was taken out of its text
 * @param truncated whether its prompt was cut
 * @param nonPreferred the answer that is not preferred; null where there is no choice of two
 */
public record Example(
    Source source,
    int ordinal,
    String raw,
    List<Message> messages,
    Map<String, Object> other,
    @Nullable String className,
    boolean cleaned,
    boolean truncated,
    @Nullable Message nonPreferred)
    implements Serializable {

  /** Refuses an example that has nothing to learn from. */
  public Example {
    if (messages.isEmpty() || !messages.get(messages.size() - 1).isAssistant()) {
      throw new IllegalArgumentException("an example ends with a turn of the assistant");
    }
    if (nonPreferred != null && !nonPreferred.isAssistant()) {
      throw new IllegalArgumentException("both answers are the assistant's");
    }
  }

  /** An example with one answer. */
  public Example(
      Source source,
      int ordinal,
      String raw,
      List<Message> messages,
      Map<String, Object> other,
      @Nullable String className,
      boolean cleaned,
      boolean truncated) {
    this(source, ordinal, raw, messages, other, className, cleaned, truncated, null);
  }

  /** A question and its answer; without a prompt, text to go on with. */
  public static Example ofPair(
      Source source,
      String raw,
      @Nullable String system,
      @Nullable String prompt,
      String completion,
      @Nullable String className) {
    List<Message> messages = new ArrayList<>(3);
    if (system != null) {
      messages.add(Message.of(Message.SYSTEM, system));
    }
    if (prompt != null) {
      messages.add(Message.of(Message.USER, prompt));
    }
    messages.add(Message.of(Message.ASSISTANT, completion));
    return new Example(source, 0, raw, messages, Map.of(), className, false, false);
  }

  /** All turns but the last: what the model is given. */
  public List<Message> context() {
    return messages.subList(0, messages.size() - 1);
  }

  /** The last turn: what the model is to say. */
  public Message answer() {
    return messages.get(messages.size() - 1);
  }

  /**
   * Whether the model is asked anything: a system message alone is the same for every example and
   * no question.
   */
  public boolean hasPrompt() {
    return context().stream().anyMatch(turn -> !turn.isSystem() && !turn.isBlank());
  }

  /** The same example with other turns. */
  public Example withMessages(List<Message> turns, boolean nowCleaned, boolean nowTruncated) {
    return new Example(
        source, ordinal, raw, turns, other, className, nowCleaned, nowTruncated, nonPreferred);
  }
}
