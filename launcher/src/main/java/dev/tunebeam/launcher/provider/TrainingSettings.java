package dev.tunebeam.launcher.provider;

import static dev.tunebeam.launcher.process.LauncherException.wrongUse;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a training run is, beside its data. Two runs of the same settings and data are the same run.
 * Null leaves a value to the provider.
 *
 * @param model the provider's id of the model to train
 * @param method how it learns
 * @param epochs passes over the training split
 * @param batchSize examples a step
 * @param learningRateMultiplier times the provider's own rate
 * @param learningRate for providers that take the rate itself
 * @param beta of dpo: how close to the model before training, above 0, at most 2
 * @param seed 0 to 2^31-1
 * @param suffix a part of the tuned model's name
 * @param wandb where Weights &amp; Biases gets the metrics
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
    @Nullable Wandb wandb) {

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

  /** Refuses values that no provider takes. Amounts are brought into one form. */
  public TrainingSettings {
    atLeastOne("--epochs", epochs);
    atLeastOne("--batch-size", batchSize);
    positive("--learning-rate-multiplier", learningRateMultiplier);
    positive("--learning-rate", learningRate);
    positive("--beta", beta);
    if (seed != null && seed < 0) {
      throw wrongUse("--seed must not be below 0, not " + seed);
    }
    if (suffix != null && suffix.isBlank()) {
      throw wrongUse("--suffix must not be empty; leave it out");
    }
    if (beta != null && method != Method.DPO) {
      throw wrongUse("--beta belongs to --method=dpo");
    }
    learningRateMultiplier = stripped(learningRateMultiplier);
    learningRate = stripped(learningRate);
    beta = stripped(beta);
  }

  private static void atLeastOne(String flag, @Nullable Integer value) {
    if (value != null && value < 1) {
      throw wrongUse("%s must be at least 1, not %d".formatted(flag, value));
    }
  }

  private static void positive(String flag, @Nullable BigDecimal value) {
    if (value != null && value.signum() <= 0) {
      throw wrongUse("%s must be above 0, not %s".formatted(flag, value.toPlainString()));
    }
  }

  private static @Nullable BigDecimal stripped(@Nullable BigDecimal value) {
    return value == null ? null : new BigDecimal(value.stripTrailingZeros().toPlainString());
  }
}
