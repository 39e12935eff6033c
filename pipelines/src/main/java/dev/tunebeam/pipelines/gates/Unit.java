package dev.tunebeam.pipelines.gates;

import dev.tunebeam.dataset.terminal.Figures;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/** What a figure is, which decides how a person reads it. */
enum Unit {
  /** A fraction, read in percent. */
  SHARE,
  COUNT,
  DOLLARS,
  NUMBER;

  private static final int MOST_DECIMALS = 6;

  /** A figure with decimals enough to tell it from the one that it stands beside. */
  String figure(BigDecimal figure, BigDecimal beside) {
    return switch (this) {
      case COUNT -> Figures.count(figure.longValueExact());
      case DOLLARS -> "$" + told(figure, beside, 2);
      case NUMBER -> told(figure, beside, 2);
      case SHARE -> told(figure.scaleByPowerOfTen(2), beside.scaleByPowerOfTen(2), 1) + " %";
    };
  }

  /** A threshold as it is set. */
  String threshold(BigDecimal threshold) {
    return switch (this) {
      case COUNT -> Figures.count(threshold.longValueExact());
      case DOLLARS -> "$" + Figures.price(threshold);
      case NUMBER -> threshold.toPlainString();
      case SHARE -> threshold.scaleByPowerOfTen(2).stripTrailingZeros().toPlainString() + " %";
    };
  }

  private static String told(BigDecimal figure, BigDecimal beside, int decimals) {
    BigDecimal rounded = figure.setScale(decimals, RoundingMode.HALF_UP);
    BigDecimal other = beside.setScale(decimals, RoundingMode.HALF_UP);
    boolean tells = rounded.compareTo(other) == figure.compareTo(beside);
    return tells || decimals == MOST_DECIMALS
        ? String.format(Locale.ROOT, "%,." + decimals + "f", rounded)
        : told(figure, beside, decimals + 1);
  }
}
