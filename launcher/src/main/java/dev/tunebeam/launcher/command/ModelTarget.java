package dev.tunebeam.launcher.command;

import static dev.tunebeam.launcher.process.LauncherException.wrongUse;

import dev.tunebeam.dataset.Model;
import dev.tunebeam.dataset.ModelCatalogue;
import dev.tunebeam.dataset.UnknownModelException;
import dev.tunebeam.launcher.launch.LaunchFile;
import dev.tunebeam.launcher.launch.LaunchRecord;
import dev.tunebeam.launcher.process.Shell;
import dev.tunebeam.launcher.provider.Provider;
import dev.tunebeam.launcher.terminal.Console;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A fine-tuned model and its provider.
 *
 * @param model its name at the provider
 * @param launch the run that trained it, null if unknown
 */
record ModelTarget(Provider provider, String model, @Nullable LaunchRecord launch) {

  /**
   * Finds the model.
   *
   * @param name null for the last model trained from the folder
   * @param folder of its training dataset, null if unknown
   */
  static ModelTarget of(
      @Nullable String name,
      @Nullable Path folder,
      ProviderOptions options,
      Shell shell,
      Console console) {
    Optional<LaunchRecord> launch =
        folder == null
            ? Optional.empty()
            : new LaunchFile(folder).last(known -> isOf(known, name, options.name()));
    String model = name;
    if (model == null) {
      model =
          launch
              .map(LaunchRecord::job)
              .map(LaunchRecord.LaunchedJob::tunedModel)
              .orElseThrow(
                  () ->
                      wrongUse(
                          ("no model has been trained from %s yet; check with ./tunebeam"
                                  + " follow %s, or pass a model")
                              .formatted(folder, folder)));
    }
    Provider provider =
        launch.isPresent()
            ? options.openAt(launch.get().provider(), launch.get().baseUrl(), shell, console)
            : options.open(options.orDefault(), shell, console);
    return new ModelTarget(provider, model, launch.orElse(null));
  }

  /** The catalogue's row of the model that it was trained from. */
  Optional<Model> known(ModelCatalogue catalogue) {
    String base = launch == null ? model : launch.settings().model();
    try {
      return Optional.of(catalogue.find(provider.profile().name() + "/" + base));
    } catch (UnknownModelException e) {
      return Optional.empty();
    }
  }

  private static boolean isOf(
      LaunchRecord launch, @Nullable String name, @Nullable String provider) {
    return launch.job() != null
        && launch.job().tunedModel() != null
        && (name == null || name.equals(launch.job().tunedModel()))
        && (provider == null || provider.equals(launch.provider()));
  }
}
