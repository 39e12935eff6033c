package dev.tunebeam.dataset;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Bounds decimal numbers that people write: 1e999999999, written out, fills the heap. */
public final class PlainNumber {

  /** What a number must have, as the second half of a sentence about its key. */
  public static final String RULE = " must have at most 15 digits before and after the point";

  private static final int MOST_DIGITS = 15;

  private PlainNumber() {}

  /** Whether the number has at most 15 digits before and after the point; null has. */
  public static boolean is(@Nullable BigDecimal value) {
    return value == null
        || (value.scale() <= MOST_DIGITS
            && (long) value.precision() - value.scale() <= MOST_DIGITS);
  }
}
