package dev.tunebeam.dataset.terminal;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Human-readable numbers, independent of the locale. */
public final class Figures {

  private static final long KILO = 1_000;

  private Figures() {}

  /** {@code 1,234,567}. */
  public static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** {@code 12.3 %}; {@code <0.1 %} for small values; empty if the total is 0. */
  public static String percent(long part, long whole) {
    if (whole == 0) {
      return "";
    }
    BigDecimal percent =
        BigDecimal.valueOf(part)
            .multiply(BigDecimal.valueOf(100))
            .divide(BigDecimal.valueOf(whole), 1, RoundingMode.HALF_UP);
    return (part > 0 && percent.signum() == 0 ? "<0.1" : percent) + " %";
  }

  /** {@code $1,234.50}; {@code <$0.01} for small amounts; unknown for null. */
  public static String dollars(@Nullable BigDecimal usd) {
    if (usd == null) {
      return "unknown";
    }
    BigDecimal cents = usd.setScale(2, RoundingMode.HALF_UP);
    if (usd.signum() > 0 && cents.signum() == 0) {
      return "<$0.01";
    }
    return String.format(Locale.ROOT, "$%,.2f", cents);
  }

  /** {@code 3.00}, with more decimals if the price has more; {@code -} for null. */
  public static String price(@Nullable BigDecimal usd) {
    if (usd == null) {
      return "-";
    }
    BigDecimal price = usd.stripTrailingZeros();
    return String.format(Locale.ROOT, "%,." + Math.max(2, price.scale()) + "f", price);
  }

  /** {@code 0.8 s}, {@code 3 min 05 s}, {@code 1 h 02 min}. */
  public static String duration(Duration time) {
    if (time.toMinutes() == 0) {
      return String.format(Locale.ROOT, "%d.%d s", time.toSeconds(), time.toMillisPart() / 100);
    }
    if (time.toHours() == 0) {
      return String.format(Locale.ROOT, "%d min %02d s", time.toMinutes(), time.toSecondsPart());
    }
    return String.format(Locale.ROOT, "%d h %02d min", time.toHours(), time.toMinutesPart());
  }

  /** {@code 12.3 MB}, in units of a thousand. */
  public static String bytes(long bytes) {
    if (bytes < KILO) {
      return bytes + " B";
    }
    double size = bytes;
    int unit = -1;
    while (size >= KILO && unit < 3) {
      size /= KILO;
      unit++;
    }
    return String.format(Locale.ROOT, "%.1f %sB", size, "kMGT".charAt(unit));
  }

  /** {@code 1 row}, {@code 2 rows}. */
  public static String counted(long number, String one, String more) {
    return count(number) + " " + (number == 1 ? one : more);
  }
}
