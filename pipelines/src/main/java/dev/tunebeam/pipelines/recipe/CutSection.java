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
 * Constant prefixes and suffixes to remove from texts, since they teach nothing; null for none. The
 * names are those of the flags; the recipe's are shorter.
 *
 * @param cutPromptPrefix prefix of prompts, {@code promptPrefix} in the recipe
 * @param cutPromptSuffix suffix of prompts
 * @param cutCompletionPrefix prefix of completions
 * @param cutCompletionSuffix suffix of completions
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

  /** Nothing is removed. */
  public static final CutSection NONE = new CutSection(null, null, null, null);

  /** Validates. Each message begins with the key. */
  public CutSection {
    checked("promptPrefix", cutPromptPrefix);
    checked("promptSuffix", cutPromptSuffix);
    checked("completionPrefix", cutCompletionPrefix);
    checked("completionSuffix", cutCompletionSuffix);
  }

  private static void checked(String key, @Nullable String text) {
    check(text == null || !text.isEmpty(), key + " must not be empty");
  }

  /** Converts to the settings of the transform. */
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
