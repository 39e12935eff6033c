package dev.tunebeam.launcher.launch;

import static dev.tunebeam.launcher.process.LauncherException.wrongUse;

import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.dataset.terminal.Figures;
import dev.tunebeam.launcher.process.LauncherException;
import dev.tunebeam.launcher.terminal.Console;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Leave to spend money.
 *
 * @param limit the most dollars, null for none given
 * @param yes whether the user has said yes beforehand
 */
public record Budget(@Nullable BigDecimal limit, boolean yes) {

  /** Refuses a negative limit. */
  public Budget {
    if (limit != null && limit.signum() < 0) {
      throw wrongUse("--budget must not be below 0, not " + limit.toPlainString());
    }
  }

  /**
   * Returns if the price may be spent; asks where somebody is there to answer.
   *
   * @param usd dollars, null where nobody knows
   * @param what is bought, for the question
   * @throws LauncherException with {@link ExitCode#OVER_BUDGET} if not
   */
  public void allow(@Nullable BigDecimal usd, String what, Console console) {
    if (limit != null && usd == null) {
      throw overBudget(
          "the price is not known, so it cannot be held to the budget of %s; --prices=FILE sets it"
              .formatted(Figures.dollars(limit)));
    }
    check(usd, what, console);
    if (yes || isFree(usd) || !console.terminal()) {
      return;
    }
    String price = usd == null ? "a price that is not known" : Figures.dollars(usd);
    if (!console.confirmed("Spend %s on %s?".formatted(price, what))) {
      throw overBudget("no yes, so nothing was started");
    }
  }

  /**
   * Returns if {@link #allow} would, as far as is known before the provider has told its own price;
   * asks nobody.
   *
   * @param usd dollars, null where nobody knows yet
   */
  void check(@Nullable BigDecimal usd, String what, Console console) {
    if (limit != null && usd != null && usd.compareTo(limit) > 0) {
      throw overBudget(
          "%s costs %s, more than the budget of %s; nothing was started"
              .formatted(what, Figures.dollars(usd), Figures.dollars(limit)));
    }
    if (!yes && !isFree(usd) && !console.terminal() && limit == null) {
      throw wrongUse(
          "%s costs %s, and there is no terminal to ask at: give --yes or --budget=DOLLARS"
              .formatted(what, usd == null ? "money" : Figures.dollars(usd)));
    }
  }

  private static boolean isFree(@Nullable BigDecimal usd) {
    return usd != null && usd.signum() == 0;
  }

  private static LauncherException overBudget(String message) {
    return new LauncherException(ExitCode.OVER_BUDGET, message);
  }
}
