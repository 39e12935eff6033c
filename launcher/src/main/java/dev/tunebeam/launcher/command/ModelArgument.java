package dev.tunebeam.launcher.command;

import dev.tunebeam.launcher.process.Shell;
import dev.tunebeam.launcher.registry.RegistryFile;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The model that a command refers to: itself, its name, or the folder it was trained from. */
final class ModelArgument {

  @Parameters(
      index = "0",
      paramLabel = "MODEL",
      description =
          "Fine-tuned model, its name in the registry, or the folder of the dataset it was trained"
              + " on.")
  private String model = "";

  @Option(
      names = "--dataset",
      paramLabel = "DIR",
      description = "Dataset that the model was trained on, if MODEL is a name.")
  private @Nullable Path dataset;

  @Mixin private ProviderOptions providerOptions = new ProviderOptions();
  @Mixin private RegistryOption registryOption = new RegistryOption();

  /**
   * A model, and where it was looked for.
   *
   * @param folder of its dataset, null if unknown
   */
  record Found(FoundModel model, @Nullable Path folder, RegistryFile registry) {}

  /** The flags for the provider. */
  ProviderOptions provider() {
    return providerOptions;
  }

  /** Finds the model; sends nothing. */
  Found find(Shell shell) {
    Path named = dataset == null ? ModelFinder.folder(model, registryOption, shell) : null;
    Path folder = dataset == null ? named : shell.folder().resolve(dataset);
    RegistryFile registry = registryOption.of(shell, folder);
    FoundModel found =
        new ModelFinder(providerOptions, registry, shell)
            .find(named == null ? model : null, folder);
    return new Found(
        found, folder == null ? registry.dataset(model).orElse(null) : folder, registry);
  }
}
