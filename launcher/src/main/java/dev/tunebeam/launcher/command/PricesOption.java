package dev.tunebeam.launcher.command;

import static dev.tunebeam.launcher.process.LauncherException.wrongUse;

import dev.tunebeam.dataset.ModelCatalogue;
import dev.tunebeam.dataset.StrictYaml.BadYamlException;
import dev.tunebeam.launcher.process.Shell;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flag for prices of one's own. */
final class PricesOption {

  @Option(
      names = "--prices",
      paramLabel = "FILE",
      description = "YAML file with models and prices that extend or override the catalogue.")
  private @Nullable Path prices;

  /** The catalogue with them. */
  ModelCatalogue catalogue(Shell shell) {
    return catalogue(shell, null);
  }

  /**
   * The catalogue with them.
   *
   * @param otherwise the file to take where the flag is not given
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

  /** The file that the flag names, null if there is no such flag. */
  @Nullable Path file() {
    return prices;
  }
}
