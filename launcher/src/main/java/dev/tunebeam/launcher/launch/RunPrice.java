package dev.tunebeam.launcher.launch;

import dev.tunebeam.dataset.Manifest;
import dev.tunebeam.dataset.Model;
import dev.tunebeam.dataset.TrainingCost;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * The price of a run, from the manifest's token counts and the catalogue's prices.
 *
 * @param usd dollars, null if no price is known, or if the tokens of images are not
 * @param billedTokens over all epochs
 * @param epochs number of epochs
 * @param approximate whether the tokens were counted with another encoding or format than the
 *     model's
 * @param minimum whether the minimum charge applies
 */
record RunPrice(
    @Nullable BigDecimal usd, long billedTokens, int epochs, boolean approximate, boolean minimum) {

  private static final BigDecimal TOLERANCE = new BigDecimal("0.10");

  /**
   * The price of a run.
   *
   * @param model null if it is not in the catalogue
   */
  static RunPrice of(Manifest manifest, @Nullable Model model, int epochs) {
    Manifest.Cost cost = manifest.cost();
    Manifest.Tokens tokens = manifest.tokens();
    if (model == null) {
      long billed = Math.multiplyExact(tokens.train(), epochs);
      return new RunPrice(null, billed, epochs, true, false);
    }
    // The manifest's counts are truncated at its own model's limit; for other models the full count
    // is an upper bound.
    long billed =
        model.isPricedIn(manifest) && cost.epochs() > 0
            ? Math.multiplyExact(cost.billedTokens() / cost.epochs(), epochs)
            : TrainingCost.billedTokens(model, epochs, tokens.train(), tokens.validation());
    // Each example has a token: a manifest that counts fewer has no counts to price.
    boolean counted =
        tokens.unsizedImages() == 0
            && (epochs == 0 || billed >= Math.multiplyExact(manifest.rows().train(), epochs));
    BigDecimal usd = counted && billed > 0 ? TrainingCost.dollars(model, billed) : null;
    BigDecimal minimum = model.prices().minimumCharge();
    return new RunPrice(
        usd,
        billed,
        epochs,
        model.isApproximate(manifest),
        usd != null && minimum != null && usd.compareTo(minimum) == 0);
  }

  /** This price, replaced by the provider's own estimate. */
  RunPrice estimatedAs(BigDecimal estimate) {
    return new RunPrice(estimate, billedTokens, epochs, false, minimum);
  }

  /** Whether the provider's own estimate differs by more than 10 %. */
  boolean farFrom(BigDecimal estimate) {
    if (usd == null) {
      return false;
    }
    BigDecimal difference = estimate.subtract(usd).abs();
    return difference.compareTo(usd.multiply(TOLERANCE)) > 0;
  }

  /** The relative difference to this price, {@code +25 %}. */
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
