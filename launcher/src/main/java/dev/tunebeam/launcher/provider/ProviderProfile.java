package dev.tunebeam.launcher.provider;

import static dev.tunebeam.launcher.process.LauncherException.wrongUse;

import dev.tunebeam.dataset.Format;
import dev.tunebeam.dataset.settings.Method;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What sets a provider apart, at a glance.
 *
 * @param name as in {@code --provider} and in the catalogue
 * @param title as people write it
 * @param baseUrl of its API, null where each customer has one of his own or there is none
 * @param baseUrlVariable the environment variable that holds another one, empty where there is none
 * @param keyVariable the environment variable that holds the key, empty where it needs none
 * @param longestSuffix characters of a suffix; 0 where it takes none
 * @param mostBytes of a file that it takes
 * @param formats of lines that it trains on
 * @param methods that it trains with
 * @param offers what else it takes and does
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

  /** What not every provider has. */
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
    /** {@code pause} and {@code resume}. */
    PAUSE,
    /** {@code checkpoints}. */
    CHECKPOINTS
  }

  /** Copies. */
  public ProviderProfile {
    // In their order, so that messages are the same each time.
    formats = Collections.unmodifiableSet(EnumSet.copyOf(formats));
    methods = Collections.unmodifiableSet(EnumSet.copyOf(methods));
    offers = Set.copyOf(offers);
  }

  /** Whether it is somebody else's machine, with an API and a key. */
  public boolean remote() {
    return !keyVariable.isEmpty();
  }

  /** Whether the provider has it. */
  public boolean offers(Offer offer) {
    return offers.contains(offer);
  }

  /**
   * Refuses settings that do not go with these profile.
   *
   * @throws dev.tunebeam.launcher.process.LauncherException that names the flag
   */
  public void check(TrainingSettings settings) {
    String suffix = settings.suffix();
    if (suffix != null && suffix.length() > longestSuffix) {
      throw wrongUse(
          longestSuffix == 0
              ? "--suffix: %s takes none".formatted(title)
              : "--suffix: %s takes at most %d characters, '%s' has %d"
                  .formatted(title, longestSuffix, suffix, suffix.length()));
    }
    if (!methods.contains(settings.method())) {
      throw wrongUse("--method=%s: %s trains with %s".formatted(settings.method(), title, methods));
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
  }

  /**
   * Refuses lines that are not trained on.
   *
   * @throws dev.tunebeam.launcher.process.LauncherException that names what is
   */
  public void check(Format format) {
    if (!formats.contains(format)) {
      throw wrongUse(
          "%s does not train on %s lines, but on %s: prepare the dataset with format: %s"
              .formatted(title, format, formats, Format.CHAT));
    }
  }

  private void refuse(boolean given, Offer offer, String flag) {
    if (given && !offers(offer)) {
      throw wrongUse("%s: %s does not take it".formatted(flag, title));
    }
  }
}
