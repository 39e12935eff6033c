package dev.tunebeam.dataset.settings;

import static dev.tunebeam.dataset.settings.Checks.aboveZero;
import static dev.tunebeam.dataset.settings.Checks.atLeastOne;
import static dev.tunebeam.dataset.settings.Checks.check;
import static dev.tunebeam.dataset.settings.Checks.notBelowZero;
import static dev.tunebeam.dataset.settings.Checks.notBlank;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.tunebeam.dataset.Manifest;
import dev.tunebeam.dataset.TrainingType;
import dev.tunebeam.dataset.yaml.StrictYaml;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The training settings of a run: the section {@code launch} of a recipe, which the manifest
 * contains, and the flags of {@code launch}, which override it. The bytes of the dataset do not
 * depend on them. Null means not set.
 */
@JsonPropertyOrder({"provider", "model", "continue"})
public record LaunchSettings(
    @Setting(
            group = Group.LAUNCH,
            value = "NAME",
            text = "Provider that trains the model.",
            unset = "the provider that was priced")
        @Nullable ProviderName provider,
    @Setting(
            group = Group.LAUNCH,
            value = "NAME",
            text =
                "Base or fine-tuned model to train; prepare counts tokens for it if the"
                    + " recipe has no model.",
            unset = "the model that was priced")
        @Nullable String model,
    @JsonProperty("continue")
        @Setting(
            group = Group.LAUNCH,
            flag = "continue",
            value = "NAME",
            text =
                "Name in the registry, such as production: the model that it stands for is trained"
                    + " further; model is its base model.",
            unset = "none, the model itself is trained")
        @Nullable String continued,
    @Setting(
            group = Group.LAUNCH,
            value = "METHOD",
            text = "Training method: supervised, or dpo on preference pairs.",
            unset = "by the dataset's format")
        @Nullable Method method,
    @Setting(
            group = Group.LAUNCH,
            value = "TYPE",
            text = "Type of training at Azure: standard, global-standard or developer.",
            unset = "the first that the model has")
        @Nullable TrainingType trainingType,
    @Setting(
            group = Group.LAUNCH,
            value = "N",
            text = "Number of epochs; prepare prices them if the recipe has no epochs.",
            unset = "the epochs that were priced")
        @Nullable Integer epochs,
    @Setting(
            group = Group.LAUNCH,
            value = "N",
            text = "Batch size.",
            unset = "the provider's default")
        @Nullable Integer batchSize,
    @Setting(
            group = Group.LAUNCH,
            value = "X",
            text = "Multiplier on the provider's default learning rate.",
            unset = "the provider's default")
        @Nullable BigDecimal learningRateMultiplier,
    @Setting(
            group = Group.LAUNCH,
            value = "X",
            text = "Absolute learning rate, for providers that take one.",
            unset = "the provider's default")
        @Nullable BigDecimal learningRate,
    @Setting(
            group = Group.LAUNCH,
            value = "X",
            text = "DPO beta: higher values keep the model closer to the base model.",
            unset = "the provider's default")
        @Nullable BigDecimal beta,
    @Setting(
            group = Group.LAUNCH,
            value = "N",
            text = "Training seed, for providers that take one; the split has its own seed.",
            unset = "the provider's default")
        @Nullable Integer seed,
    @Setting(
            group = Group.LAUNCH,
            value = "TEXT",
            text = "Suffix of the fine-tuned model's name.",
            unset = "none")
        @Nullable String suffix,
    @Setting(
            group = Group.LAUNCH,
            value = "DOLLARS",
            text = "Maximum cost; a run that costs more is not started.",
            unset = "none, asks for confirmation")
        @Nullable BigDecimal budget,
    @Setting(
            group = Group.LAUNCH,
            value = "NAME",
            text = "Weights & Biases project that receives the metrics.",
            unset = "none")
        @Nullable String wandbProject,
    @Setting(
            group = Group.LAUNCH,
            value = "NAME",
            text = "Run name in Weights & Biases.",
            unset = "generated")
        @Nullable String wandbName,
    @Setting(
            group = Group.LAUNCH,
            value = "NAME",
            text = "Team or user in Weights & Biases.",
            unset = "the API key's default")
        @Nullable String wandbEntity,
    @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
        @Setting(
            group = Group.LAUNCH,
            value = "TEXTS",
            text = "Tags of the run in Weights & Biases.",
            unset = "none")
        @Nullable List<String> wandbTags) {

  /** Nothing is set. */
  public static final LaunchSettings NONE =
      new LaunchSettings(
          null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
          null, null);

  /** Validates; each message begins with the key. */
  public LaunchSettings {
    notBlank("model", model);
    notBlank("continue", continued);
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
   * The section in the recipe of a dataset; nothing is set if there is none.
   *
   * @throws dev.tunebeam.dataset.yaml.StrictYaml.BadYamlException if another version wrote it
   */
  public static LaunchSettings of(Manifest manifest) {
    return manifest.recipe().get("launch") instanceof Map<?, ?> section
        ? of(section, "the recipe's section launch")
        : NONE;
  }

  /**
   * Converts values by key.
   *
   * @throws dev.tunebeam.dataset.yaml.StrictYaml.BadYamlException that begins with {@code name}
   */
  public static LaunchSettings of(Map<?, ?> values, String name) {
    Map<String, Object> byKey = new LinkedHashMap<>();
    values.forEach((key, value) -> byKey.put(String.valueOf(key), value));
    return StrictYaml.convert(byKey, name, LaunchSettings.class);
  }

  /**
   * The model prefixed with its provider, as in the catalogue; null if no model is set. Models
   * trained locally have no prefix.
   */
  public @Nullable String catalogueName() {
    if (model == null || provider == null || provider == ProviderName.LOCAL) {
      return model;
    }
    return model.startsWith(provider + "/") ? model : provider + "/" + model;
  }
}
