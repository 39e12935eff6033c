package dev.tunebeam.transforms.read.parquet;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Limits the size of a record, and keeps its first error. */
final class RecordBudget {

  /** Size of a value apart from its text. */
  private static final int VALUE_BYTES = 16;

  private final long maxBytes;
  private long bytes;
  private @Nullable String problem;

  RecordBudget(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** Resets for the next record. */
  void begin() {
    bytes = 0;
    problem = null;
  }

  /** Passes a value on unless the record is too large. */
  void count(@Nullable Object value, Consumer<@Nullable Object> target) {
    bytes += VALUE_BYTES + (value instanceof String text ? text.length() : 0);
    if (!tooLarge()) {
      target.accept(value);
    }
  }

  /** Records an error; only the first is kept. */
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
