package dev.tunebeam.transforms.row;

import org.jspecify.annotations.Nullable;

/**
 * The output of a stage: exactly one of a value, a rejected row, or the counts of the reader. One
 * collection instead of several outputs, because Spark caches all of a stage with more than one
 * output.
 */
public record Outcome<T>(
    @Nullable T value, @Nullable Rejected rejected, @Nullable RangeStats stats) {

  /** Refuses anything but exactly one. */
  public Outcome {
    int present = (value != null ? 1 : 0) + (rejected != null ? 1 : 0) + (stats != null ? 1 : 0);
    if (present != 1) {
      throw new IllegalArgumentException("an outcome is one thing, this one is " + present);
    }
  }

  public static <T> Outcome<T> of(T value) {
    return new Outcome<>(value, null, null);
  }

  public static <T> Outcome<T> rejected(Rejected rejected) {
    return new Outcome<>(null, rejected, null);
  }

  public static <T> Outcome<T> stats(RangeStats stats) {
    return new Outcome<>(null, null, stats);
  }

  /** The same rejection or counts, with another value type. */
  public <U> Outcome<U> passOn() {
    if (value != null) {
      throw new IllegalStateException("a value cannot be passed on unchanged");
    }
    return new Outcome<>(null, rejected, stats);
  }
}
