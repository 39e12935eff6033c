package dev.tunebeam.pipelines.recipe;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.tunebeam.dataset.settings.Group;
import dev.tunebeam.dataset.settings.Setting;
import dev.tunebeam.transforms.normalize.dialect.UnknownKeys;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Maps the fields of a row to the parts of an example: Mustache templates for texts, field names
 * for what may hold messages. Null if not mapped.
 *
 * @param prompt the question
 * @param completion the answer
 * @param system the system message of a chat
 * @param classTemplate the class; {@code class} in the recipe, a reserved word in Java
 * @param messages the field with the turns of a conversation
 * @param tools the field with the tools that the assistant may call
 * @param roles role names of the data and what they mean
 * @param unknownKeys what to do with keys of messages that the training APIs do not know
 * @param chosen the field with the preferred answer
 * @param rejected the field with the other answer
 */
@JsonPropertyOrder({
  "prompt",
  "completion",
  "system",
  "class",
  "messages",
  "tools",
  "roles",
  "unknownKeys",
  "chosen",
  "rejected"
})
public record MapSection(
    @Setting(
            group = Group.MAPPING,
            value = "TEMPLATE",
            text = "Mustache template of the prompt over the fields of a row: \"{{question}}\".",
            unset = "the row's field prompt")
        @Nullable String prompt,
    @Setting(
            group = Group.MAPPING,
            value = "TEMPLATE",
            text = "Template of the completion.",
            unset = "the row's field completion")
        @Nullable String completion,
    @Setting(
            group = Group.MAPPING,
            value = "TEMPLATE",
            text = "Template of the system message, for chat.",
            unset = "none")
        @Nullable String system,
    @JsonProperty("class")
        @Setting(
            group = Group.MAPPING,
            value = "TEMPLATE",
            text = "Template of the class; the split is stratified by it.",
            unset = "the completion for classification, otherwise none")
        @Nullable String classTemplate,
    @Setting(
            group = Group.MAPPING,
            value = "FIELD",
            text = "Field with the messages of a conversation; dots for a nested field.",
            unset = "messages, or conversations")
        @Nullable String messages,
    @Setting(
            group = Group.MAPPING,
            value = "FIELD",
            text = "Field with the tool definitions that the assistant may call.",
            unset = "the row's field tools")
        @Nullable String tools,
    @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
        @Setting(
            group = Group.MAPPING,
            value = "ROLES",
            text = "Maps source roles to standard roles: \"agent=assistant\", \"visitor=user\".",
            unset = "common names such as human and gpt")
        @Nullable List<String> roles,
    @Setting(
            group = Group.MAPPING,
            value = "ACTION",
            text =
                "Keys of messages that the training APIs do not know: reject the row, or drop them.",
            unset = "reject")
        @Nullable UnknownKeys unknownKeys,
    @Setting(
            group = Group.MAPPING,
            value = "FIELD",
            text = "Field with the chosen answer: a text, a message or messages.",
            unset = "chosen, or preferred_output")
        @Nullable String chosen,
    @Setting(
            group = Group.MAPPING,
            value = "FIELD",
            text = "Field with the rejected answer.",
            unset = "rejected, or non_preferred_output")
        @Nullable String rejected) {

  /** Nothing is mapped. */
  public static final MapSection NONE = new MapSection(null, null, null, null);

  /** Makes immutable copies. */
  public MapSection {
    roles = roles == null ? null : List.copyOf(roles);
  }

  /** A mapping of templates alone. */
  MapSection(
      @Nullable String prompt,
      @Nullable String completion,
      @Nullable String system,
      @Nullable String classTemplate) {
    this(prompt, completion, system, classTemplate, null, null, null, null, null, null);
  }

  /** Converts to the mapping of the transform. */
  public dev.tunebeam.transforms.normalize.dialect.FieldMapping forRows() {
    return new dev.tunebeam.transforms.normalize.dialect.FieldMapping(
        prompt,
        completion,
        system,
        classTemplate,
        chosen,
        rejected,
        messages,
        tools,
        roles == null ? List.of() : roles,
        unknownKeys == null ? UnknownKeys.REJECT : unknownKeys);
  }
}
