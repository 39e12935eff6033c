package dev.tunebeam.launcher.launch;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tunebeam.dataset.Manifest;
import dev.tunebeam.dataset.Model;
import dev.tunebeam.dataset.TrainingCost;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What a run will cost, from the manifest's tokens and the catalogue's prices.
 *
 * @param usd dollars, null where no price is known
 * @param billedTokens over all epochs
 * @param epochs passes over the training split
 * @param approximate whether the model counts tokens otherwise than they were counted
 * @param minimum whether it is the provider's minimum charge
 * @param pricesAsOf the day on which the price was read, null where none is known
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record RunPrice(
    @Nullable BigDecimal usd,
    long billedTokens,
    int epochs,
    boolean approximate,
    boolean minimum,
    @Nullable LocalDate pricesAsOf) {

  private static final BigDecimal TOLERANCE = new BigDecimal("0.10");

  /**
   * The price of a run.
   *
   * @param model null where the catalogue does not know it
   */
  static RunPrice of(Manifest manifest, @Nullable Model model, int epochs) {
    Manifest.Cost cost = manifest.cost();
    Manifest.Tokens tokens = manifest.tokens();
    if (model == null) {
      long billed = Math.multiplyExact(tokens.train(), epochs);
      return new RunPrice(null, billed, epochs, true, false, null);
    }
    // The manifest's own model has examples cut at its limit; for others the full count is the
    // most.
    long billed =
        model.isPricedIn(manifest) && cost.epochs() > 0
            ? Math.multiplyExact(cost.billedTokens() / cost.epochs(), epochs)
            : TrainingCost.billedTokens(model, epochs, tokens.train(), tokens.validation());
    BigDecimal usd = TrainingCost.dollars(model, billed);
    BigDecimal minimum = model.prices().minimumCharge();
    return new RunPrice(
        usd,
        billed,
        epochs,
        model.isApproximate(manifest),
        usd != null && minimum != null && usd.compareTo(minimum) == 0,
        model.prices().asOf());
  }

  /** This price with what the provider itself says, which counts. */
  RunPrice estimatedAs(BigDecimal estimate) {
    return new RunPrice(estimate, billedTokens, epochs, false, minimum, pricesAsOf);
  }

  /** Whether the provider's own estimate is more than 10 % away from this price. */
  boolean farFrom(BigDecimal estimate) {
    if (usd == null) {
      return false;
    }
    BigDecimal difference = estimate.subtract(usd).abs();
    return difference.compareTo(usd.multiply(TOLERANCE)) > 0;
  }

  /** The other price as a share of this one, {@code +25 %}. */
  String differenceTo(BigDecimal estimate) {
    if (usd == null || usd.signum() == 0) {
      return "";
    }
    BigDecimal percent =
        estimate
            .subtract(usd)
            .multiply(BigDecimal.valueOf(100))
            .divide(usd, 0, RoundingMode.HALF_UP);
    return (percent.signum() > 0 ? "+" : "") + percent + " %";
  }
}
