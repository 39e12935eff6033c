package dev.tunebeam.launcher.command;

import dev.tunebeam.dataset.Model;
import dev.tunebeam.dataset.ModelCatalogue;
import dev.tunebeam.dataset.UnknownModelException;
import dev.tunebeam.launcher.evaluate.Evaluation;
import dev.tunebeam.launcher.process.Shell;
import dev.tunebeam.launcher.registry.PromotedModel;
import dev.tunebeam.launcher.terminal.Console;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A model and where it is; nothing has been sent there.
 *
 * @param provider its name
 * @param baseUrl where the provider's API is
 * @param model its name at the provider
 * @param base the model that it was trained from, null if unknown
 * @param digest of the dataset that it was trained on, null if unknown
 * @param options the flags for requests to the provider
 */
record FoundModel(
    String provider,
    String baseUrl,
    String model,
    @Nullable String base,
    @Nullable String digest,
    ProviderOptions options) {

  /** Opens the provider. */
  ModelTarget open(Shell shell, Console console) {
    return new ModelTarget(options.openAt(provider, baseUrl, shell, console), this);
  }

  /** The catalogue's row of the model that it was trained from. */
  Optional<Model> known(ModelCatalogue catalogue) {
    try {
      return Optional.of(catalogue.find(provider + "/" + (base == null ? model : base)));
    } catch (UnknownModelException e) {
      return Optional.empty();
    }
  }

  /** Whether it is the same model at the same provider and address. */
  boolean isSameAs(FoundModel other) {
    return model.equals(other.model)
        && provider.equals(other.provider)
        && baseUrl.equals(other.baseUrl);
  }

  /**
   * What the registry remembers of it.
   *
   * @param dataset the folder that it was trained from, as the registry writes it; null if unknown
   * @param scores null if it was not evaluated
   */
  PromotedModel promoted(@Nullable String dataset, Instant now, @Nullable Evaluation scores) {
    return new PromotedModel(
        model,
        provider,
        baseUrl,
        base,
        digest,
        dataset,
        now,
        null,
        scores == null ? new TreeMap<>() : scores.overall(),
        scores == null ? null : scores.comparison(),
        null);
  }
}
