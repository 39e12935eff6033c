package dev.tunebeam.launcher.command;

import static dev.tunebeam.launcher.LauncherException.wrongUse;

import dev.tunebeam.dataset.ModelCatalogue;
import dev.tunebeam.dataset.StrictYaml.BadYamlException;
import dev.tunebeam.launcher.Shell;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flag for prices of one's own. */
public final class PricesOption {

  @Option(
      names = "--prices",
      paramLabel = "FILE",
      description = "Models and prices that add to the catalogue or replace its rows.")
  private @Nullable Path prices;

  /** The catalogue with them. */
  ModelCatalogue catalogue(Shell shell) {
    ModelCatalogue standard = ModelCatalogue.standard();
    if (prices == null) {
      return standard;
    }
    try {
      return standard.overriddenBy(shell.folder().resolve(prices));
    } catch (BadYamlException e) {
      throw wrongUse("--prices: " + e.getMessage());
    }
  }
}
