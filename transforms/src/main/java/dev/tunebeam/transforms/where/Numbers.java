package dev.tunebeam.transforms.where;

import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Numbers in texts. */
final class Numbers {

  /** Short enough that comparing takes no time: 1e999999999 would be expanded. */
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d{1,100}(\\.\\d{0,100})?|\\.\\d{1,100})([eE][+-]?\\d{1,3})?");

  private Numbers() {}

  /** The number, null if the text is none. */
  static @Nullable BigDecimal of(String text) {
    return NUMBER.matcher(text).matches() ? new BigDecimal(text) : null;
  }
}
