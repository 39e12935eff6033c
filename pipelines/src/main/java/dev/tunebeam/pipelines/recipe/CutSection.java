package dev.tunebeam.pipelines.recipe;

import static dev.tunebeam.dataset.settings.Checks.check;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.tunebeam.dataset.settings.Group;
import dev.tunebeam.dataset.settings.Setting;
import dev.tunebeam.transforms.normalize.LowerCase;
import dev.tunebeam.transforms.normalize.TextEdits;
import dev.tunebeam.transforms.normalize.TextEdits.Ends;
import org.jspecify.annotations.Nullable;

/**
 * What is taken off the ends of texts that begin or end with it, as the same words in all of them
 * teach nothing; null for nothing. The names are those of the flags, in the recipe they are
 * shorter.
 *
 * @param cutPromptPrefix the beginning of prompts, {@code promptPrefix} in the recipe
 * @param cutPromptSuffix the end of prompts
 * @param cutCompletionPrefix the beginning of completions
 * @param cutCompletionSuffix the end of completions
 */
@JsonPropertyOrder({"promptPrefix", "promptSuffix", "completionPrefix", "completionSuffix"})
public record CutSection(
    @JsonProperty("promptPrefix")
        @Setting(
            group = Group.MAPPING,
            value = "TEXT",
            escapes = true,
            text = "Prefix to remove from prompts.",
            unset = "none")
        @Nullable String cutPromptPrefix,
    @JsonProperty("promptSuffix")
        @Setting(
            group = Group.MAPPING,
            value = "TEXT",
            escapes = true,
            text = "Suffix to remove from prompts.",
            unset = "none")
        @Nullable String cutPromptSuffix,
    @JsonProperty("completionPrefix")
        @Setting(
            group = Group.MAPPING,
            value = "TEXT",
            escapes = true,
            text = "Prefix to remove from completions.",
            unset = "none")
        @Nullable String cutCompletionPrefix,
    @JsonProperty("completionSuffix")
        @Setting(
            group = Group.MAPPING,
            value = "TEXT",
            escapes = true,
            text = "Suffix to remove from completions.",
            unset = "none")
        @Nullable String cutCompletionSuffix) {

  /** Nothing is cut. */
  public static final CutSection NONE = new CutSection(null, null, null, null);

  /** Checks. Each message begins with the key. */
  public CutSection {
    checked("promptPrefix", cutPromptPrefix);
    checked("promptSuffix", cutPromptSuffix);
    checked("completionPrefix", cutCompletionPrefix);
    checked("completionSuffix", cutCompletionSuffix);
  }

  private static void checked(String key, @Nullable String text) {
    check(text == null || !text.isEmpty(), key + " must not be empty");
  }

  /** The same for the transform. */
  public TextEdits edits(LowerCase lowerCase) {
    return new TextEdits(
        ends(cutPromptPrefix, cutPromptSuffix),
        ends(cutCompletionPrefix, cutCompletionSuffix),
        lowerCase);
  }

  private static Ends ends(@Nullable String prefix, @Nullable String suffix) {
    return new Ends(prefix == null ? "" : prefix, suffix == null ? "" : suffix);
  }
}
