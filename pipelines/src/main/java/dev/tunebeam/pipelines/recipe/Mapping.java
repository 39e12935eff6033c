package dev.tunebeam.pipelines.recipe;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import org.jspecify.annotations.Nullable;

/**
 * How the fields of a row become the parts of an example: Mustache templates. Null where the row's
 * own fields are taken.
 *
 * @param prompt what is asked
 * @param completion what is answered
 * @param system the system message of a chat
 * @param classTemplate the class; {@code class} in the recipe, which Java does not allow as a name
 */
@JsonPropertyOrder({"prompt", "completion", "system", "class"})
public record Mapping(
    @Setting(
            group = Group.MAPPING,
            value = "TEMPLATE",
            text = "Template of the prompt over the fields of a row: \"{{question}}\".",
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
            text = "Template of the class; the split keeps the share of each class.",
            unset = "the completion for classification, otherwise none")
        @Nullable String classTemplate) {

  /** Nothing is mapped. */
  public static final Mapping NONE = new Mapping(null, null, null, null);
}
