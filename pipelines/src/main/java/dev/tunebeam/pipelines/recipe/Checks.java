package dev.tunebeam.pipelines.recipe;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** What a recipe refuses. Each message begins with the key, for which its line is then found. */
final class Checks {

  private Checks() {}

  static void check(boolean holds, String problem) {
    if (!holds) {
      throw new IllegalArgumentException(problem);
    }
  }

  static void atLeastOne(String key, @Nullable Number value) {
    check(value == null || value.longValue() >= 1, key + " must be at least 1, not " + value);
  }

  static void aboveZero(String key, @Nullable BigDecimal value) {
    if (value != null && value.signum() <= 0) {
      throw new IllegalArgumentException(
          "%s must be above 0, not %s".formatted(key, value.toPlainString()));
    }
  }

  static void notBelowZero(String key, @Nullable BigDecimal value) {
    if (value != null && value.signum() < 0) {
      throw new IllegalArgumentException(
          "%s must not be below 0, not %s".formatted(key, value.toPlainString()));
    }
  }

  static void notBlank(String key, @Nullable String value) {
    check(value == null || !value.isBlank(), key + " must not be blank");
  }
}
