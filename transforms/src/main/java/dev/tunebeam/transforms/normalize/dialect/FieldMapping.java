package dev.tunebeam.transforms.normalize.dialect;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Maps the fields of a row to the parts of an example; null if not mapped. Prompt, completion,
 * system and class are Mustache templates. The others name one field, with dots if it is nested,
 * because they contain messages and not only text.
 *
 * @param prompt the input of the model
 * @param completion its answer
 * @param system the system message; a conversation that has its own keeps it
 * @param className the class that the split is stratified by
 * @param chosen the preferred answer: a text, a message or messages
 * @param rejected the non-preferred answer
 * @param messages the turns of a conversation
 * @param tools the tools that the assistant may call
 * @param roles role names of the data and what they mean: {@code agent=assistant}
 * @param unknownKeys what to do with keys of messages that the training APIs do not know
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
    List<String> roles,
    UnknownKeys unknownKeys)
    implements Serializable {

  public static final FieldMapping NONE = new FieldMapping(null, null, null, null);

  /** Makes an immutable copy. */
  public FieldMapping {
    roles = List.copyOf(roles);
  }

  /** A mapping that rejects unknown keys of messages. */
  public FieldMapping(
      @Nullable String prompt,
      @Nullable String completion,
      @Nullable String system,
      @Nullable String className,
      @Nullable String chosen,
      @Nullable String rejected,
      @Nullable String messages,
      @Nullable String tools,
      List<String> roles) {
    this(
        prompt,
        completion,
        system,
        className,
        chosen,
        rejected,
        messages,
        tools,
        roles,
        UnknownKeys.REJECT);
  }

  /** A mapping of templates alone. */
  public FieldMapping(
      @Nullable String prompt,
      @Nullable String completion,
      @Nullable String system,
      @Nullable String className) {
    this(prompt, completion, system, className, null, null, null, null, List.of());
  }

  /** Whether prompt or completion is mapped, whatever other fields a row has. */
  public boolean hasTemplates() {
    return prompt != null || completion != null;
  }

  /** A copy with this template for the system message. */
  FieldMapping withSystem(String newSystem) {
    return with(prompt, completion, newSystem);
  }

  /** A copy with these templates for prompt and completion. */
  FieldMapping withTemplates(@Nullable String newPrompt, @Nullable String newCompletion) {
    return with(newPrompt, newCompletion, system);
  }

  /** A copy with these templates. */
  public FieldMapping with(
      @Nullable String newPrompt, @Nullable String newCompletion, @Nullable String newSystem) {
    return new FieldMapping(
        newPrompt,
        newCompletion,
        newSystem,
        className,
        chosen,
        rejected,
        messages,
        tools,
        roles,
        unknownKeys);
  }
}
