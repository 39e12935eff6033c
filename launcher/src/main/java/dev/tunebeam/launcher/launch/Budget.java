package dev.tunebeam.launcher.launch;

import static dev.tunebeam.launcher.process.LauncherException.wrongUse;

import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.dataset.terminal.Figures;
import dev.tunebeam.launcher.process.LauncherException;
import dev.tunebeam.launcher.terminal.Console;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * The spending limit of a command.
 *
 * @param limit the maximum in dollars, null if none is set
 * @param yes whether the user confirmed in advance
 */
public record Budget(@Nullable BigDecimal limit, boolean yes) {

  /** Rejects a negative limit. */
  public Budget {
    if (limit != null && limit.signum() < 0) {
      throw wrongUse("--budget must not be below 0, not " + limit.toPlainString());
    }
  }

  /**
   * Returns if the price may be spent; asks for confirmation at a terminal.
   *
   * @param usd dollars, null if unknown
   * @param what the purchase, for the prompt
   * @throws LauncherException with {@link ExitCode#OVER_BUDGET} if not
   */
  public void allow(@Nullable BigDecimal usd, String what, Console console) {
    if (limit != null && usd == null) {
      throw overBudget(
          ("the price is unknown, so the budget of %s cannot be checked; set a price with"
                  + " --prices=FILE")
              .formatted(Figures.dollars(limit)));
    }
    check(usd, what, console);
    if (yes || isFree(usd) || !console.terminal()) {
      return;
    }
    String price = usd == null ? "an unknown amount" : Figures.dollars(usd);
    if (!console.confirmed("Spend %s on %s?".formatted(price, what))) {
      throw overBudget("not confirmed; nothing was started");
    }
  }

  /**
   * Like {@link #allow}, but without a confirmation: used before the provider has estimated its
   * price.
   *
   * @param usd dollars, null if not known yet
   */
  void check(@Nullable BigDecimal usd, String what, Console console) {
    if (limit != null && usd != null && usd.compareTo(limit) > 0) {
      throw overBudget(
          "%s costs %s, more than the budget of %s; nothing was started"
              .formatted(what, Figures.dollars(usd), Figures.dollars(limit)));
    }
    if (!yes && !isFree(usd) && !console.terminal() && limit == null) {
      throw wrongUse(
          "%s costs %s and cannot be confirmed without a terminal: use --yes or --budget=DOLLARS"
              .formatted(what, usd == null ? "an unknown amount" : Figures.dollars(usd)));
    }
  }

  private static boolean isFree(@Nullable BigDecimal usd) {
    return usd != null && usd.signum() == 0;
  }

  private static LauncherException overBudget(String message) {
    return new LauncherException(ExitCode.OVER_BUDGET, message);
  }
}
