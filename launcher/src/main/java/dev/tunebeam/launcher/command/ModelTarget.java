package dev.tunebeam.launcher.command;

import dev.tunebeam.dataset.Model;
import dev.tunebeam.dataset.ModelCatalogue;
import dev.tunebeam.launcher.provider.Provider;
import java.util.Optional;

/**
 * A model and its provider.
 *
 * @param found where it is
 */
record ModelTarget(Provider provider, FoundModel found) {

  /** Its name at the provider. */
  String model() {
    return found.model();
  }

  /** Where the provider's API is. */
  String baseUrl() {
    return found.baseUrl();
  }

  /** The flags for requests to the provider. */
  ProviderOptions options() {
    return found.options();
  }

  /** The catalogue's row of the model that it was trained from. */
  Optional<Model> known(ModelCatalogue catalogue) {
    return found.known(catalogue);
  }
}
