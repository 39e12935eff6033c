package dev.tunebeam.pipelines.recipe;

import static dev.tunebeam.pipelines.recipe.Checks.aboveZero;
import static dev.tunebeam.pipelines.recipe.Checks.atLeastOne;
import static dev.tunebeam.pipelines.recipe.Checks.check;
import static dev.tunebeam.pipelines.recipe.Checks.notBelowZero;
import static dev.tunebeam.pipelines.recipe.Checks.notBlank;

import com.fasterxml.jackson.annotation.JsonFormat;
import dev.tunebeam.dataset.DashedNames;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the dataset is to be trained on: the section {@code launch} of a recipe. The job checks it,
 * counts for its model and puts it into the manifest, where {@code launch} finds it; no byte of the
 * dataset depends on it. Null is what it leaves open.
 */
public record LaunchSection(
    @Setting(
            group = Group.LAUNCH,
            value = "NAME",
            text = "Who trains the model.",
            unset = "the provider of the model that was priced")
        @Nullable Provider provider,
    @Setting(
            group = Group.LAUNCH,
            value = "NAME",
            text = "Model to train; where the key model is not set, tokens and price are for it.",
            unset = "the model that was priced")
        @Nullable String model,
    @Setting(
            group = Group.LAUNCH,
            value = "METHOD",
            text = "How it learns: from answers, or from preference pairs.",
            unset = "as the format asks")
        @Nullable Method method,
    @Setting(
            group = Group.LAUNCH,
            value = "N",
            text = "Passes over the training split; priced too where the key epochs is not set.",
            unset = "the passes that were priced")
        @Nullable Integer epochs,
    @Setting(
            group = Group.LAUNCH,
            value = "N",
            text = "Examples a step.",
            unset = "the provider's own")
        @Nullable Integer batchSize,
    @Setting(
            group = Group.LAUNCH,
            value = "X",
            text = "Times the provider's own learning rate, above 0.",
            unset = "the provider's own")
        @Nullable BigDecimal learningRateMultiplier,
    @Setting(
            group = Group.LAUNCH,
            value = "X",
            text = "The rate itself, above 0, for providers that take it.",
            unset = "the provider's own")
        @Nullable BigDecimal learningRate,
    @Setting(
            group = Group.LAUNCH,
            value = "X",
            text = "With dpo: how close to the model before training, above 0.",
            unset = "the provider's own")
        @Nullable BigDecimal beta,
    @Setting(
            group = Group.LAUNCH,
            value = "N",
            text = "Seed of the training, where it can be set; the key seed is the split's.",
            unset = "the provider's own")
        @Nullable Integer seed,
    @Setting(
            group = Group.LAUNCH,
            value = "TEXT",
            text = "Part of the tuned model's name.",
            unset = "none")
        @Nullable String suffix,
    @Setting(
            group = Group.LAUNCH,
            value = "DOLLARS",
            text = "A run that costs more is not started.",
            unset = "none; a yes is asked for")
        @Nullable BigDecimal budget,
    @Setting(
            group = Group.LAUNCH,
            value = "NAME",
            text = "Project of Weights & Biases that gets the metrics.",
            unset = "none")
        @Nullable String wandbProject,
    @Setting(
            group = Group.LAUNCH,
            value = "NAME",
            text = "The run's name there.",
            unset = "its own choice")
        @Nullable String wandbName,
    @Setting(
            group = Group.LAUNCH,
            value = "NAME",
            text = "The team or user there.",
            unset = "the one of the key")
        @Nullable String wandbEntity,
    @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
        @Setting(
            group = Group.LAUNCH,
            value = "TEXTS",
            text = "The run's tags there.",
            unset = "none")
        @Nullable List<String> wandbTags) {

  /** Who trains. */
  enum Provider {
    OPENAI,
    AZURE,
    NEBIUS,
    TOGETHER,
    FIREWORKS,
    LOCAL
  }

  /** How a model learns. */
  enum Method {
    SUPERVISED,
    DPO
  }

  /** All is left open. */
  static final LaunchSection NONE =
      new LaunchSection(
          null, null, null, null, null, null, null, null, null, null, null, null, null, null, null);

  /** Checks. Each message begins with the key. */
  public LaunchSection {
    notBlank("model", model);
    atLeastOne("epochs", epochs);
    atLeastOne("batchSize", batchSize);
    aboveZero("learningRateMultiplier", learningRateMultiplier);
    aboveZero("learningRate", learningRate);
    aboveZero("beta", beta);
    check(beta == null || method != Method.SUPERVISED, "beta belongs to the method dpo");
    check(seed == null || seed >= 0, "seed must not be below 0, not " + seed);
    notBlank("suffix", suffix);
    notBelowZero("budget", budget);
    notBlank("wandbProject", wandbProject);
    notBlank("wandbName", wandbName);
    notBlank("wandbEntity", wandbEntity);
    if (wandbTags != null) {
      for (@Nullable String tag : wandbTags) {
        notBlank("wandbTags", tag == null ? "" : tag);
      }
      wandbTags = List.copyOf(wandbTags);
    }
  }

  /**
   * The model after its provider, as the catalogue knows it; null where no model is named. What is
   * trained on this machine is known there by its name alone.
   */
  public @Nullable String catalogueName() {
    if (model == null || provider == null || provider == Provider.LOCAL) {
      return model;
    }
    String prefix = DashedNames.of(provider) + "/";
    return model.startsWith(prefix) ? model : prefix + model;
  }
}
