package dev.tunebeam.transforms.example;

import dev.tunebeam.transforms.row.Source;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One training example before it is rendered: the model for prompt/completion, chat and preference.
 *
 * @param source the row that it comes from
 * @param ordinal 0 for the first example of a row, 1 for the second
 * @param raw the row's text, for the rejects file
 * @param messages the turns; the last one is the assistant's, for a preference pair the preferred
 *     answer
 * @param other fields of the whole conversation: tools, parallel_tool_calls, functions
 * @param className its class, null if the corpus has none
 * @param cleaned whether a separator or stop sequence was removed from its text
 * @param truncated whether its prompt was truncated
 * @param nonPreferred the non-preferred answer; null unless it is a preference pair
 * @param group names what stays on one side of the split: a customer, a document; null for none
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
    @Nullable Message nonPreferred,
    @Nullable String group)
    implements Serializable {

  /** Refuses an example without an answer. */
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
    this(source, ordinal, raw, messages, other, className, cleaned, truncated, null, null);
  }

  /** An example without a group. */
  public Example(
      Source source,
      int ordinal,
      String raw,
      List<Message> messages,
      Map<String, Object> other,
      @Nullable String className,
      boolean cleaned,
      boolean truncated,
      @Nullable Message nonPreferred) {
    this(source, ordinal, raw, messages, other, className, cleaned, truncated, nonPreferred, null);
  }

  /** A prompt and its completion; without a prompt, text to continue. */
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

  /** All turns but the last: the input of the model. */
  public List<Message> context() {
    return messages.subList(0, messages.size() - 1);
  }

  /** The last turn: what the model learns to generate. */
  public Message answer() {
    return messages.get(messages.size() - 1);
  }

  /**
   * Whether there is a prompt: a system message alone is the same for every example and does not
   * count.
   */
  public boolean hasPrompt() {
    for (Message turn : context()) {
      if (!turn.isSystem() && !turn.isBlank()) {
        return true;
      }
    }
    return false;
  }

  /** A copy with other turns. */
  public Example withMessages(List<Message> turns, boolean nowCleaned, boolean nowTruncated) {
    return new Example(
        source,
        ordinal,
        raw,
        turns,
        other,
        className,
        nowCleaned,
        nowTruncated,
        nonPreferred,
        group);
  }
}
