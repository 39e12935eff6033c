package dev.tunebeam.transforms.read.parquet;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** How much of a record was taken so far, and what is wrong with it. */
final class RecordBudget {

  /** What a value takes beside its text. */
  private static final int VALUE_BYTES = 16;

  private final long maxBytes;
  private long bytes;
  private @Nullable String problem;

  RecordBudget(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** Begins a record. */
  void begin() {
    bytes = 0;
    problem = null;
  }

  /** Passes a value on, as long as the record is not too large. */
  void count(@Nullable Object value, Consumer<@Nullable Object> target) {
    bytes += VALUE_BYTES + (value instanceof String text ? text.length() : 0);
    if (!tooLarge()) {
      target.accept(value);
    }
  }

  /** Notes what cannot be read; the first is told. */
  void fail(String why) {
    problem = problem == null ? why : problem;
  }

  boolean tooLarge() {
    return bytes > maxBytes;
  }

  @Nullable String problem() {
    return problem;
  }
}
