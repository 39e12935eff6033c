package dev.tunebeam.pipelines.gates;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a gate measured.
 *
 * @param figure rounded to six decimals, as it is compared and written; null if there is none
 * @param passes whether the gate passes without a figure
 * @param note what the figure stands for, or why there is none
 */
record Measured(@Nullable BigDecimal figure, boolean passes, @Nullable String note) {

  private static final int DECIMALS = 6;
  private static final int NAMES_SHOWN = 5;

  /** A part of a whole; 0 of nothing. */
  static Measured share(long part, long whole) {
    return new Measured(ratio(BigDecimal.valueOf(part), BigDecimal.valueOf(whole)), false, null);
  }

  static Measured count(long number) {
    return new Measured(BigDecimal.valueOf(number), false, null);
  }

  /** A number between 0 and 1. */
  static Measured number(double value) {
    BigDecimal figure = BigDecimal.valueOf(value).setScale(DECIMALS, RoundingMode.HALF_UP);
    return new Measured(figure, false, null);
  }

  /** How many there are, with the names of the first. */
  static Measured names(List<String> names) {
    String first = String.join(", ", names.subList(0, Math.min(NAMES_SHOWN, names.size())));
    return new Measured(
        BigDecimal.valueOf(names.size()),
        false,
        names.isEmpty() ? null : names.size() > NAMES_SHOWN ? first + ", …" : first);
  }

  /** The relative change, whatever its direction. */
  static Measured change(BigDecimal before, BigDecimal now, String note) {
    return before.signum() == 0 && now.signum() != 0
        ? nothing("it was 0 before")
        : new Measured(ratio(now.subtract(before).abs(), before), false, note);
  }

  /** There is nothing to measure, so the gate passes. */
  static Measured nothing(String why) {
    return new Measured(null, true, why);
  }

  /** The figure is not known, so the gate fails. */
  static Measured unknown(String why) {
    return new Measured(null, false, why);
  }

  private static BigDecimal ratio(BigDecimal part, BigDecimal whole) {
    return whole.signum() == 0
        ? BigDecimal.ZERO
        : part.divide(whole, DECIMALS, RoundingMode.HALF_UP);
  }
}
