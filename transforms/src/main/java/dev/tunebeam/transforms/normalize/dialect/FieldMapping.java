package dev.tunebeam.transforms.normalize.dialect;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which of a row's fields become what; null where the recipe says nothing. Prompt, completion,
 * system and class are Mustache templates. The others name one field, with dots where it is nested,
 * because they hold messages and not only text.
 *
 * @param prompt what the model is given
 * @param completion what it is to answer
 * @param system the system message; a conversation with one of its own keeps that
 * @param className the class that the split is stratified by
 * @param chosen the preferred answer: a text, a message or messages
 * @param rejected the answer that is not preferred
 * @param messages the turns of a conversation
 * @param tools the tools that the assistant may call
 * @param roles what roles of the data are: {@code agent=assistant}
 */
public record FieldMapping(
    @Nullable String prompt,
    @Nullable String completion,
    @Nullable String system,
    @Nullable String className,
    @Nullable String chosen,
    @Nullable String rejected,
    @Nullable String messages,
    @Nullable String tools,
    List<String> roles)
    implements Serializable {

  public static final FieldMapping NONE = new FieldMapping(null, null, null, null);

  /** Copies. */
  public FieldMapping {
    roles = List.copyOf(roles);
  }

  /** Templates alone. */
  public FieldMapping(
      @Nullable String prompt,
      @Nullable String completion,
      @Nullable String system,
      @Nullable String className) {
    this(prompt, completion, system, className, null, null, null, null, List.of());
  }

  /** Whether templates make question and answer, whatever else a row has. */
  public boolean hasTemplates() {
    return prompt != null || completion != null;
  }

  /** The same with this template for the system message. */
  FieldMapping withSystem(String newSystem) {
    return new FieldMapping(
        prompt, completion, newSystem, className, chosen, rejected, messages, tools, roles);
  }

  /** The same with these templates for question and answer. */
  FieldMapping withTemplates(@Nullable String newPrompt, @Nullable String newCompletion) {
    return new FieldMapping(
        newPrompt, newCompletion, system, className, chosen, rejected, messages, tools, roles);
  }
}
