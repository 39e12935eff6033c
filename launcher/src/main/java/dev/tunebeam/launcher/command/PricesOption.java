package dev.tunebeam.launcher.command;

import static dev.tunebeam.launcher.process.LauncherException.wrongUse;

import dev.tunebeam.dataset.ModelCatalogue;
import dev.tunebeam.dataset.yaml.StrictYaml.BadYamlException;
import dev.tunebeam.launcher.process.Shell;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flag for custom prices. */
final class PricesOption {

  @Option(
      names = "--prices",
      paramLabel = "FILE",
      description = "YAML file with models and prices that extend or override the catalogue.")
  private @Nullable Path prices;

  /** The catalogue, extended by the price file. */
  ModelCatalogue catalogue(Shell shell) {
    return catalogue(shell, null);
  }

  /**
   * The catalogue, extended by the price file.
   *
   * @param otherwise the price file to use if the flag is not set
   */
  ModelCatalogue catalogue(Shell shell, @Nullable Path otherwise) {
    ModelCatalogue standard = ModelCatalogue.standard();
    Path file = prices == null ? otherwise : prices;
    if (file == null) {
      return standard;
    }
    try {
      return standard.overriddenBy(shell.folder().resolve(file));
    } catch (BadYamlException e) {
      throw wrongUse((prices == null ? "" : "--prices: ") + e.getMessage());
    }
  }

  /** The price file, null if the flag is not set. */
  @Nullable Path file() {
    return prices;
  }
}
