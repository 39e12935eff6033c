package dev.tunebeam.dataset.settings;

import dev.tunebeam.dataset.PlainNumber;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What settings refuse, with an {@link IllegalArgumentException}. Each message begins with the key,
 * for which its line is then found. Null is not set and right.
 */
public final class Checks {

  private Checks() {}

  /** Throws the problem, which begins with the key, if the condition does not hold. */
  public static void check(boolean holds, String problem) {
    if (!holds) {
      throw new IllegalArgumentException(problem);
    }
  }

  /** 1 or more. */
  public static void atLeastOne(String key, @Nullable Number value) {
    check(value == null || value.longValue() >= 1, key + " must be at least 1, not " + value);
  }

  /** More than 0. */
  public static void aboveZero(String key, @Nullable BigDecimal value) {
    check(PlainNumber.is(value), key + PlainNumber.RULE);
    if (value != null && value.signum() <= 0) {
      throw new IllegalArgumentException(
          "%s must be above 0, not %s".formatted(key, value.toPlainString()));
    }
  }

  /** 0 or more. */
  public static void notBelowZero(String key, @Nullable BigDecimal value) {
    check(PlainNumber.is(value), key + PlainNumber.RULE);
    if (value != null && value.signum() < 0) {
      throw new IllegalArgumentException(
          "%s must not be below 0, not %s".formatted(key, value.toPlainString()));
    }
  }

  /** More than whitespace. */
  public static void notBlank(String key, @Nullable String value) {
    check(value == null || !value.isBlank(), key + " must not be blank");
  }
}
