package dev.tunebeam.transforms.row;

import org.jspecify.annotations.Nullable;

/**
 * What a stage hands to the next: exactly one of a value, a rejected row, or what the reader
 * counted. One collection instead of several outputs, because Spark caches the whole of a stage
 * with more than one output.
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

  /** The same rejection or count, for a stage that has nothing to do with it. */
  public <U> Outcome<U> passOn() {
    if (value != null) {
      throw new IllegalStateException("a value is not passed on as it is");
    }
    return new Outcome<>(null, rejected, stats);
  }
}
