package dev.tunebeam.launcher.provider;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A base model that a provider trains today.
 *
 * @param contextTokens longest training example in tokens; null if not told
 * @param limits other limits as texts, {@code at most 20 epochs}
 */
public record TrainableModel(String id, @Nullable Integer contextTokens, List<String> limits) {

  /** Copies. */
  public TrainableModel {
    limits = List.copyOf(limits);
  }
}
