package dev.tunebeam.pipelines.recipe;

import static dev.tunebeam.dataset.settings.Checks.check;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.tunebeam.dataset.settings.Group;
import dev.tunebeam.dataset.settings.Setting;
import dev.tunebeam.transforms.compare.Comparison;
import dev.tunebeam.transforms.compare.NearBy;
import dev.tunebeam.transforms.near.NearAction;
import org.jspecify.annotations.Nullable;

/**
 * What is done with near copies; null for the default. The names are those of the flags; the
 * recipe's are shorter.
 *
 * @param nearSimilarity share of common shingles
 * @param nearBy what is compared
 * @param nearAction what is done; null if near copies are not looked for
 */
@JsonPropertyOrder({"similarity", "by", "action"})
public record NearSection(
    @JsonProperty("similarity")
        @Setting(
            group = Group.DATASET,
            value = "SHARE",
            text = "Similarity of near copies: share of common shingles, 0.5 to 1.",
            unset = "0.8")
        @Nullable Double nearSimilarity,
    @JsonProperty("by")
        @Setting(
            group = Group.DATASET,
            value = "PART",
            text = "What has to be similar in near copies.",
            unset = "example")
        @Nullable NearBy nearBy,
    @JsonProperty("action")
        @Setting(
            group = Group.DATASET,
            value = "ACTION",
            text =
                "Near copies: drop all but one, keep them together on one side of the split, or report"
                    + " them.",
            unset = "not looked for")
        @Nullable NearAction nearAction) {

  /** Near copies are not looked for. */
  public static final NearSection NONE = new NearSection(null, null, null);

  private static final double SIMILARITY = 0.8;
  private static final double LEAST = 0.5;

  /** Validates. Each message begins with the key. */
  public NearSection {
    check(
        nearSimilarity == null || (nearSimilarity >= LEAST && nearSimilarity <= 1),
        "similarity must be at least 0.5 and at most 1, not " + nearSimilarity);
    check(
        nearAction != null || (nearSimilarity == null && nearBy == null),
        "action must say what to do with near copies: drop, keep-together or report");
  }

  /** Decides about a pair. */
  public Comparison comparison() {
    return new Comparison(
        nearSimilarity == null ? SIMILARITY : nearSimilarity,
        nearBy == null ? NearBy.EXAMPLE : nearBy);
  }
}
