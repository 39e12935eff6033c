package dev.tunebeam.launcher.command;

import dev.tunebeam.launcher.launch.Budget;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags that say what may be spent. */
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

  /** What may be spent; a budget of the recipe holds where no flag gives one. */
  Budget budget(@Nullable BigDecimal ofRecipe) {
    return new Budget(limit == null ? ofRecipe : limit, yes);
  }

  /** Whether the user has said yes beforehand. */
  boolean yes() {
    return yes;
  }
}
