package dev.tunebeam.pipelines.recipe;

import static dev.tunebeam.dataset.settings.Checks.check;
import static dev.tunebeam.dataset.settings.Checks.notBelowZero;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.tunebeam.dataset.settings.Group;
import dev.tunebeam.dataset.settings.Setting;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What must hold for a dataset to be published; null for no gate. The names are those of the flags;
 * the recipe's are shorter.
 */
@JsonPropertyOrder({
  "maxRejected",
  "maxDuplicates",
  "maxConflicts",
  "maxNearCopies",
  "maxNewClasses",
  "maxVanishedClasses",
  "maxClassDistance",
  "maxClassDivergence",
  "maxTokensP50Change",
  "maxTokensP95Change",
  "maxLengthP50Change",
  "maxLengthP95Change",
  "maxPrice",
  "maxPriceChange",
  "minExamples",
  "minNewPrompts",
  "maxChangedPrompts",
  "maxBaseline"
})
public record GatesSection(
    @JsonProperty("maxRejected")
        @Setting(
            group = Group.GATES,
            value = "SHARE",
            text = "Maximum share of rejected rows, 0 to 1; maxRejected holds too.",
            unset = "no gate")
        @Nullable BigDecimal gatesMaxRejected,
    @JsonProperty("maxDuplicates")
        @Setting(
            group = Group.GATES,
            value = "SHARE",
            text = "Maximum share of duplicates among the rows, 0 to 1.",
            unset = "no gate")
        @Nullable BigDecimal gatesMaxDuplicates,
    @JsonProperty("maxConflicts")
        @Setting(
            group = Group.GATES,
            value = "SHARE",
            text = "Maximum share of prompts with different completions, 0 to 1.",
            unset = "no gate")
        @Nullable BigDecimal gatesMaxConflicts,
    @JsonProperty("maxNearCopies")
        @Setting(
            group = Group.GATES,
            value = "SHARE",
            text = "Maximum share of near copies among the rows, 0 to 1; needs near.action.",
            unset = "no gate")
        @Nullable BigDecimal gatesMaxNearCopies,
    @JsonProperty("maxNewClasses")
        @Setting(
            group = Group.GATES,
            value = "N",
            text = "Maximum number of classes that the previous dataset does not have.",
            unset = "no gate")
        @Nullable Long gatesMaxNewClasses,
    @JsonProperty("maxVanishedClasses")
        @Setting(
            group = Group.GATES,
            value = "N",
            text = "Maximum number of classes that only the previous dataset has.",
            unset = "no gate")
        @Nullable Long gatesMaxVanishedClasses,
    @JsonProperty("maxClassDistance")
        @Setting(
            group = Group.GATES,
            value = "SHARE",
            text =
                "Maximum change of the share of a class, 0 to 1: L-infinity distance to the previous dataset.",
            unset = "no gate")
        @Nullable BigDecimal gatesMaxClassDistance,
    @JsonProperty("maxClassDivergence")
        @Setting(
            group = Group.GATES,
            value = "X",
            text =
                "Maximum Jensen-Shannon divergence of the class shares from the previous dataset, 0 to 1 (base 2, not its square root).",
            unset = "no gate")
        @Nullable BigDecimal gatesMaxClassDivergence,
    @JsonProperty("maxTokensP50Change")
        @Setting(
            group = Group.GATES,
            value = "SHARE",
            text =
                "Maximum relative change of the median of tokens per example; 0.1 for 10 % more or fewer.",
            unset = "no gate")
        @Nullable BigDecimal gatesMaxTokensP50Change,
    @JsonProperty("maxTokensP95Change")
        @Setting(
            group = Group.GATES,
            value = "SHARE",
            text = "Maximum relative change of the 95th percentile of tokens per example.",
            unset = "no gate")
        @Nullable BigDecimal gatesMaxTokensP95Change,
    @JsonProperty("maxLengthP50Change")
        @Setting(
            group = Group.GATES,
            value = "SHARE",
            text = "Maximum relative change of the median length of a line in bytes.",
            unset = "no gate")
        @Nullable BigDecimal gatesMaxLengthP50Change,
    @JsonProperty("maxLengthP95Change")
        @Setting(
            group = Group.GATES,
            value = "SHARE",
            text = "Maximum relative change of the 95th percentile of the lengths of lines.",
            unset = "no gate")
        @Nullable BigDecimal gatesMaxLengthP95Change,
    @JsonProperty("maxPrice")
        @Setting(
            group = Group.GATES,
            value = "DOLLARS",
            text = "Maximum price of training.",
            unset = "no gate")
        @Nullable BigDecimal gatesMaxPrice,
    @JsonProperty("maxPriceChange")
        @Setting(
            group = Group.GATES,
            value = "SHARE",
            text = "Maximum relative change of the price of training.",
            unset = "no gate")
        @Nullable BigDecimal gatesMaxPriceChange,
    @JsonProperty("minExamples")
        @Setting(
            group = Group.GATES,
            value = "N",
            text = "Minimum number of examples, train and validation.",
            unset = "no gate")
        @Nullable Long gatesMinExamples,
    @JsonProperty("minNewPrompts")
        @Setting(
            group = Group.GATES,
            value = "N",
            text =
                "Minimum number of prompts that are new, changed or back since the previous dataset.",
            unset = "no gate")
        @Nullable Long gatesMinNewPrompts,
    @JsonProperty("maxChangedPrompts")
        @Setting(
            group = Group.GATES,
            value = "SHARE",
            text =
                "Maximum share of prompts with other answers or classes, among those that the previous dataset has too.",
            unset = "no gate")
        @Nullable BigDecimal gatesMaxChangedPrompts,
    @JsonProperty("maxBaseline")
        @Setting(
            group = Group.GATES,
            value = "SHARE",
            text = "Maximum accuracy of always answering the most frequent class, 0 to 1.",
            unset = "no gate")
        @Nullable BigDecimal gatesMaxBaseline) {

  /** No gate is set. */
  public static final GatesSection NONE =
      new GatesSection(
          null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
          null, null, null);

  /** Validates. Each message begins with the key. */
  public GatesSection {
    share("maxRejected", gatesMaxRejected);
    share("maxDuplicates", gatesMaxDuplicates);
    share("maxConflicts", gatesMaxConflicts);
    share("maxNearCopies", gatesMaxNearCopies);
    notNegative("maxNewClasses", gatesMaxNewClasses);
    notNegative("maxVanishedClasses", gatesMaxVanishedClasses);
    share("maxClassDistance", gatesMaxClassDistance);
    share("maxClassDivergence", gatesMaxClassDivergence);
    notBelowZero("maxTokensP50Change", gatesMaxTokensP50Change);
    notBelowZero("maxTokensP95Change", gatesMaxTokensP95Change);
    notBelowZero("maxLengthP50Change", gatesMaxLengthP50Change);
    notBelowZero("maxLengthP95Change", gatesMaxLengthP95Change);
    notBelowZero("maxPrice", gatesMaxPrice);
    notBelowZero("maxPriceChange", gatesMaxPriceChange);
    notNegative("minExamples", gatesMinExamples);
    notNegative("minNewPrompts", gatesMinNewPrompts);
    share("maxChangedPrompts", gatesMaxChangedPrompts);
    share("maxBaseline", gatesMaxBaseline);
  }

  private static void share(String key, @Nullable BigDecimal value) {
    notBelowZero(key, value);
    check(
        value == null || value.compareTo(BigDecimal.ONE) <= 0,
        key
            + " must be at least 0 and at most 1, not "
            + (value == null ? "" : value.toPlainString()));
  }

  private static void notNegative(String key, @Nullable Long value) {
    check(value == null || value >= 0, key + " must be at least 0, not " + value);
  }
}
