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
 * @param leave whether the limit is the user's own, so that spending up to it is permitted
 * @param keptBack what it must also be enough for, null for nothing
 */
public record Budget(
    @Nullable BigDecimal limit, boolean yes, boolean leave, @Nullable KeptBack keptBack) {

  /**
   * What is to be bought later with the same budget.
   *
   * @param usd dollars, null if unknown
   */
  public record KeptBack(@Nullable BigDecimal usd, String what) {}

  /** For one purchase. */
  public Budget(@Nullable BigDecimal limit, boolean yes, boolean leave) {
    this(limit, yes, leave, null);
  }

  /** Rejects a negative limit. */
  public Budget {
    if (limit != null && limit.signum() < 0) {
      throw wrongUse("--budget must not be below 0, not " + limit.toPlainString());
    }
  }

  /**
   * What is left of it.
   *
   * @param spent in dollars
   */
  public Budget without(BigDecimal spent) {
    return limit == null
        ? this
        : new Budget(limit.subtract(spent).max(BigDecimal.ZERO), yes, leave, keptBack);
  }

  /**
   * With a part of it kept back for a later purchase, which a confirmation also covers.
   *
   * @param usd dollars, null if unknown
   * @param what the later purchase
   */
  public Budget keepingBack(@Nullable BigDecimal usd, String what) {
    return new Budget(limit, yes, leave, new KeptBack(usd, what));
  }

  /**
   * Returns if the price may be spent; asks for confirmation at a terminal. A price of 0 is a
   * price: it may be a wrong one.
   *
   * @param one dollars, null if unknown
   * @param first the purchase, for the prompt
   * @throws LauncherException with {@link ExitCode#OVER_BUDGET} if not
   */
  public void allow(@Nullable BigDecimal one, String first, Console console) {
    BigDecimal usd = both(one);
    String what = both(first);
    if (limit != null && one == null) {
      throw unknown("the price", limit);
    }
    check(one, first, console);
    if (yes || !console.terminal()) {
      return;
    }
    if (!console.confirmed("Spend %s on %s?".formatted(amount(usd), what))) {
      throw overBudget("not confirmed; nothing was started");
    }
  }

  /**
   * Like {@link #allow}, but without a confirmation: used before the provider has estimated its
   * price.
   *
   * @param one dollars, null if not known yet
   * @param first the purchase, for the prompt
   */
  void check(@Nullable BigDecimal one, String first, Console console) {
    BigDecimal usd = both(one);
    String what = both(first);
    if (limit != null && keptBack != null && keptBack.usd == null) {
      // No estimate of the provider is of this one.
      throw unknown("the price of " + keptBack.what, limit);
    }
    if (limit != null && usd != null && usd.compareTo(limit) > 0) {
      boolean alike = Figures.dollars(usd).equals(Figures.dollars(limit));
      throw overBudget(
          "%s costs %s, more than the budget of %s; nothing was started"
              .formatted(
                  what,
                  alike ? "$" + Figures.price(usd) : Figures.dollars(usd),
                  alike ? "$" + Figures.price(limit) : Figures.dollars(limit)));
    }
    if (!yes && !console.terminal() && !leave) {
      throw wrongUse(
          "%s costs %s and cannot be confirmed without a terminal: use --yes or --budget=DOLLARS%s"
              .formatted(
                  what,
                  amount(usd),
                  limit == null ? "" : " (the budget in the dataset's manifest is only a limit)"));
    }
  }

  private @Nullable BigDecimal both(@Nullable BigDecimal usd) {
    if (keptBack == null || usd == null) {
      return usd;
    }
    return keptBack.usd == null ? null : usd.add(keptBack.usd);
  }

  private String both(String what) {
    return keptBack == null ? what : what + " and " + keptBack.what;
  }

  private static String amount(@Nullable BigDecimal usd) {
    return usd == null ? "an unknown amount" : Figures.dollars(usd);
  }

  private static LauncherException unknown(String price, BigDecimal limit) {
    return overBudget(
        "%s is unknown, so the budget of %s cannot be checked; set a price with --prices=FILE"
            .formatted(price, Figures.dollars(limit)));
  }

  private static LauncherException overBudget(String message) {
    return new LauncherException(ExitCode.OVER_BUDGET, message);
  }
}
