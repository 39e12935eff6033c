package dev.tunebeam.launcher.provider;

import dev.tunebeam.dataset.Format;
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
 * @param formats of lines that it trains on with supervised examples
 * @param methods that it trains with
 * @param offers what else it takes and does
 */
public record Traits(
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
    /** {@code --batch-size}. */
    BATCH_SIZE,
    /** {@code --learning-rate-multiplier}. */
    LEARNING_RATE_MULTIPLIER,
    /** {@code --learning-rate}. */
    LEARNING_RATE,
    /** {@code --beta}. */
    BETA,
    /** {@code --wandb-project}. */
    WANDB,
    /** {@code pause} and {@code resume}. */
    PAUSE,
    /** {@code checkpoints}. */
    CHECKPOINTS
  }

  /** Copies. */
  public Traits {
    formats = Set.copyOf(EnumSet.copyOf(formats));
    methods = Set.copyOf(EnumSet.copyOf(methods));
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
}
