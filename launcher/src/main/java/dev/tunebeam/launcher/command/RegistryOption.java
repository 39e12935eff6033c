package dev.tunebeam.launcher.command;

import dev.tunebeam.launcher.process.Shell;
import dev.tunebeam.launcher.registry.RegistryFile;
import dev.tunebeam.launcher.registry.RegistryPlace;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flag for the file with the names of models. */
final class RegistryOption {

  @Option(
      names = "--registry",
      paramLabel = "FILE",
      description =
          "File with the names of models; by default registry.json in the dataset's folder or beside"
              + " it, and without a dataset in this folder or beside it.")
  private @Nullable Path file;

  /**
   * The registry.
   *
   * @param folder of the dataset, null if there is none
   */
  RegistryFile of(Shell shell, @Nullable Path folder) {
    return file == null
        ? RegistryPlace.of(folder == null ? shell.folder() : folder)
        : new RegistryFile(shell.folder().resolve(file));
  }
}
