package dev.tunebeam.launcher.command;

import dev.tunebeam.launcher.launch.Budget;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags that limit spending. */
final class BudgetOptions {

  @Option(
      names = "--budget",
      paramLabel = "DOLLARS",
      description = "Maximum cost; above it nothing is started and the exit code is 4.")
  private @Nullable BigDecimal limit;

  @Option(
      names = {"-y", "--yes"},
      description = "Do not ask for confirmation of the cost.")
  private boolean yes;

  /**
   * The budget: the flag's, or the recipe's if the flag is not set.
   *
   * @param ofUser of the recipe that the user passed: spending up to it is permitted
   * @param ofManifest of the recipe in the dataset, whoever wrote it: a limit that permits nothing
   */
  Budget budget(@Nullable BigDecimal ofUser, @Nullable BigDecimal ofManifest) {
    BigDecimal own = limit == null ? ofUser : limit;
    return new Budget(own == null ? ofManifest : own, yes, own != null);
  }
}
