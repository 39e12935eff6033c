package dev.tunebeam.launcher.local;

import dev.tunebeam.dataset.Format;
import dev.tunebeam.dataset.Manifest;
import dev.tunebeam.dataset.settings.Method;
import dev.tunebeam.launcher.provider.TrainingSettings;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;

/**
 * The complete training settings, independent of the trainer. Paths are relative to the folder of
 * the configs.
 *
 * @param name the dataset's name, from its digest
 * @param batch the batch size on one GPU, by gradient accumulation, so memory does not depend on it
 * @param longest the maximum sequence length in tokens; longer examples are truncated
 * @param output the prefix of the output folder
 */
record LocalPlan(
    String name,
    String model,
    Method method,
    Format format,
    int epochs,
    int batch,
    BigDecimal learningRate,
    BigDecimal beta,
    int seed,
    long longest,
    String output,
    List<String> train,
    List<String> validation) {

  static final int LORA_RANK = 16;
  static final int LORA_ALPHA = 32;
  static final BigDecimal LORA_DROPOUT = new BigDecimal("0.05");

  private static final int DIGITS = 16;
  private static final int EPOCHS = 3;
  private static final int BATCH = 8;

  /**
   * TRL's recommendation for LoRA: ten times the learning rate of full fine-tuning (2e-5; dpo:
   * 1e-6).
   */
  private static final BigDecimal SUPERVISED_RATE = new BigDecimal("0.0002");

  private static final BigDecimal PREFERENCE_RATE = new BigDecimal("0.00001");
  private static final BigDecimal BETA = new BigDecimal("0.1");
  private static final int SEED = 42;

  /** A margin, since tokens were counted with another encoding or without the chat template. */
  private static final double MARGIN = 1.25;

  private static final long SHORTEST = 512;

  static LocalPlan of(
      Manifest manifest, TrainingSettings settings, List<String> train, List<String> validation) {
    boolean dpo = settings.method() == Method.DPO;
    int priced = manifest.cost().epochs();
    return new LocalPlan(
        "data-" + manifest.digest().substring(0, DIGITS),
        settings.model(),
        settings.method(),
        manifest.format(),
        Objects.requireNonNullElse(settings.epochs(), priced > 0 ? priced : EPOCHS),
        Objects.requireNonNullElse(settings.batchSize(), BATCH),
        Objects.requireNonNullElse(
            settings.learningRate(), dpo ? PREFERENCE_RATE : SUPERVISED_RATE),
        Objects.requireNonNullElse(settings.beta(), BETA),
        Objects.requireNonNullElse(settings.seed(), SEED),
        length(manifest.tokens().perExample().max()),
        settings.suffix() == null ? "model" : "model-" + settings.suffix(),
        List.copyOf(train),
        List.copyOf(validation));
  }

  /** The next power of two above the longest example plus the margin. */
  private static long length(long longest) {
    long length = SHORTEST;
    while (length < longest * MARGIN) {
      length *= 2;
    }
    return length;
  }

  boolean isPreference() {
    return format == Format.PREFERENCE;
  }

  boolean hasValidation() {
    return !validation.isEmpty();
  }
}
