package dev.tunebeam.launcher.provider;

import static dev.tunebeam.launcher.process.LauncherException.wrongUse;

import dev.tunebeam.dataset.Format;
import dev.tunebeam.dataset.settings.Method;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A provider's names, limits and capabilities.
 *
 * @param name as in {@code --provider} and in the catalogue
 * @param title the display name
 * @param baseUrl the API's base URL, null if it differs per customer or there is no API
 * @param baseUrlVariable the environment variable that overrides it, empty if there is none
 * @param keyVariable the environment variable of the key, empty if no key is needed
 * @param longestSuffix maximum characters of a suffix; 0 if not supported
 * @param mostBytes maximum file size in bytes
 * @param formats supported dataset formats
 * @param methods supported training methods
 * @param offers optional capabilities
 */
public record ProviderProfile(
    String name,
    String title,
    @Nullable String baseUrl,
    String baseUrlVariable,
    String keyVariable,
    int longestSuffix,
    long mostBytes,
    Set<Format> formats,
    Set<Method> methods,
    Set<Offer> offers) {

  /** Capabilities that not every provider has. */
  public enum Offer {
    /** {@code --seed}. */
    SEED,
    /** {@code --batchSize}. */
    BATCH_SIZE,
    /** {@code --learningRateMultiplier}. */
    LEARNING_RATE_MULTIPLIER,
    /** {@code --learningRate}. */
    LEARNING_RATE,
    /** {@code --beta}. */
    BETA,
    /** {@code --wandbProject}. */
    WANDB,
    /** {@code --trainingType}. */
    TRAINING_TYPE,
    /** {@code pause} and {@code resume}. */
    PAUSE,
    /** {@code checkpoints}. */
    CHECKPOINTS,
    /** {@code deploy} and {@code undeploy}. */
    DEPLOYMENTS,
    /** A login without a key. */
    OTHER_LOGIN
  }

  /** Copies. */
  public ProviderProfile {
    // In a fixed order, so that messages are deterministic.
    formats = Collections.unmodifiableSet(EnumSet.copyOf(formats));
    methods = Collections.unmodifiableSet(EnumSet.copyOf(methods));
    offers = Set.copyOf(offers);
  }

  /** Whether it is a remote service with an API and a key. */
  public boolean remote() {
    return !keyVariable.isEmpty();
  }

  /** Whether the provider has the capability. */
  public boolean offers(Offer offer) {
    return offers.contains(offer);
  }

  /**
   * Rejects settings that the provider does not support.
   *
   * @throws dev.tunebeam.launcher.process.LauncherException with the flag
   */
  public void check(TrainingSettings settings) {
    String suffix = settings.suffix();
    if (suffix != null && suffix.length() > longestSuffix) {
      throw wrongUse(
          longestSuffix == 0
              ? "--suffix: %s does not support it".formatted(title)
              : String.format(
                  Locale.ROOT,
                  "--suffix: the maximum at %s is %d characters, '%s' has %d",
                  title,
                  longestSuffix,
                  suffix,
                  suffix.length()));
    }
    if (!methods.contains(settings.method())) {
      throw wrongUse("--method=%s: %s supports %s".formatted(settings.method(), title, methods));
    }
    refuse(settings.seed() != null, Offer.SEED, "--seed");
    refuse(settings.batchSize() != null, Offer.BATCH_SIZE, "--batchSize");
    refuse(
        settings.learningRateMultiplier() != null,
        Offer.LEARNING_RATE_MULTIPLIER,
        "--learningRateMultiplier");
    refuse(settings.learningRate() != null, Offer.LEARNING_RATE, "--learningRate");
    refuse(settings.beta() != null, Offer.BETA, "--beta");
    refuse(settings.wandb() != null, Offer.WANDB, "--wandbProject");
    refuse(settings.trainingType() != null, Offer.TRAINING_TYPE, "--trainingType");
  }

  /**
   * Rejects unsupported formats.
   *
   * @throws dev.tunebeam.launcher.process.LauncherException with the supported formats
   */
  public void check(Format format) {
    if (!formats.contains(format)) {
      throw wrongUse(
          "%s does not support the format %s, only %s: prepare the dataset with format: %s"
              .formatted(title, format, formats, Format.CHAT));
    }
  }

  private void refuse(boolean given, Offer offer, String flag) {
    if (given && !offers(offer)) {
      throw wrongUse("%s: not supported by %s".formatted(flag, title));
    }
  }
}
