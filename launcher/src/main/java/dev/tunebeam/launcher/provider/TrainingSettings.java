package dev.tunebeam.launcher.provider;

import static dev.tunebeam.launcher.process.LauncherException.wrongUse;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.tunebeam.dataset.Format;
import dev.tunebeam.dataset.Manifest;
import dev.tunebeam.dataset.TrainingType;
import dev.tunebeam.dataset.settings.LaunchSettings;
import dev.tunebeam.dataset.settings.Method;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The training settings that are sent to a provider: created from {@link LaunchSettings} by {@link
 * #of} and stored in launch.json, so components keep their names. Two runs of the same settings and
 * data are the same run. Null leaves a value to the provider.
 *
 * @param model the provider's id of the model to train
 * @param method the training method
 * @param epochs number of epochs
 * @param batchSize batch size
 * @param learningRateMultiplier multiplier on the provider's default learning rate
 * @param learningRate absolute, for providers that take one
 * @param beta DPO beta, above 0 and at most 2: higher values stay closer to the base model
 * @param seed 0 to 2^31-1
 * @param suffix part of the fine-tuned model's name
 * @param wandb the Weights &amp; Biases run that receives the metrics
 * @param trainingType where it is trained, for providers with several prices
 * @param continued the name in the registry whose model is trained further; which one that is does
 *     not tell runs apart, so a dataset has one job for a name, whatever is promoted
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TrainingSettings(
    String model,
    Method method,
    @Nullable Integer epochs,
    @Nullable Integer batchSize,
    @Nullable BigDecimal learningRateMultiplier,
    @Nullable BigDecimal learningRate,
    @Nullable BigDecimal beta,
    @Nullable Integer seed,
    @Nullable String suffix,
    @Nullable Wandb wandb,
    @Nullable TrainingType trainingType,
    @Nullable String continued) {

  /** A run in Weights &amp; Biases. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Wandb(
      String project,
      @Nullable String name,
      @Nullable String entity,
      @JsonSetter(nulls = Nulls.AS_EMPTY) List<String> tags) {

    /** Copies. */
    public Wandb {
      tags = List.copyOf(tags);
    }
  }

  /** Normalizes decimals. */
  public TrainingSettings {
    learningRateMultiplier = stripped(learningRateMultiplier);
    learningRate = stripped(learningRate);
    beta = stripped(beta);
  }

  /**
   * The settings of a run: what is left open follows from the dataset or is left to the provider.
   *
   * @param model the provider's id of the model
   * @param usual the training type if none is set, null for the provider's default
   * @throws dev.tunebeam.launcher.process.LauncherException if they contradict each other
   */
  public static TrainingSettings of(
      String model, LaunchSettings launch, Manifest manifest, @Nullable TrainingType usual) {
    Method method = launch.method();
    if (method == null) {
      method = manifest.format() == Format.PREFERENCE ? Method.DPO : Method.SUPERVISED;
    }
    if (launch.beta() != null && method != Method.DPO) {
      throw wrongUse("--beta belongs to --method=dpo");
    }
    Integer epochs = launch.epochs();
    return new TrainingSettings(
        model,
        method,
        epochs == null ? Integer.valueOf(Math.max(1, manifest.cost().epochs())) : epochs,
        launch.batchSize(),
        launch.learningRateMultiplier(),
        launch.learningRate(),
        launch.beta(),
        launch.seed(),
        launch.suffix(),
        wandb(launch),
        launch.trainingType() == null ? usual : launch.trainingType(),
        launch.continued());
  }

  /** These settings for another model, as they are sent. */
  public TrainingSettings of(String other) {
    return new TrainingSettings(
        other,
        method,
        epochs,
        batchSize,
        learningRateMultiplier,
        learningRate,
        beta,
        seed,
        suffix,
        wandb,
        trainingType,
        continued);
  }

  private static @Nullable Wandb wandb(LaunchSettings launch) {
    List<String> tags = launch.wandbTags() == null ? List.of() : launch.wandbTags();
    if (launch.wandbProject() != null) {
      return new Wandb(launch.wandbProject(), launch.wandbName(), launch.wandbEntity(), tags);
    }
    if (launch.wandbName() != null || launch.wandbEntity() != null || !tags.isEmpty()) {
      throw wrongUse("a run in Weights & Biases needs --wandbProject");
    }
    return null;
  }

  private static @Nullable BigDecimal stripped(@Nullable BigDecimal value) {
    return value == null ? null : new BigDecimal(value.stripTrailingZeros().toPlainString());
  }
}
