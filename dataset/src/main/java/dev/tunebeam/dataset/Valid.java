package dev.tunebeam.dataset;

import java.util.Locale;

/** Checks for record constructors; a failure names the value. */
final class Valid {

  private Valid() {}

  static void that(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }

  static void notNegative(String name, long value) {
    that(value >= 0, String.format(Locale.ROOT, "%s is negative: %d", name, value));
  }

  static void notBlank(String name, String value) {
    that(!value.isBlank(), "%s is blank".formatted(name));
  }
}
