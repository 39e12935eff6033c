package dev.tunebeam.dataset;

/** The checks of the records' constructors: what fails says which value and what it was. */
final class Valid {

  private Valid() {}

  static void that(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }

  static void notNegative(String name, long value) {
    that(value >= 0, "%s is negative: %d".formatted(name, value));
  }

  static void notBlank(String name, String value) {
    that(!value.isBlank(), "%s is blank".formatted(name));
  }
}
