package dev.tunebeam.transforms.normalize.dialect;

import dev.tunebeam.dataset.Whitespace;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The values of a field in the first rows of a file: what they look like. Holds them all. */
final class ColumnValues {

  /** Longer values are not class names. */
  private static final int LONGEST_CLASS = 80;

  /** Minimum average of rows per class. */
  private static final int ROWS_OF_A_CLASS = 3;

  /** Average characters of texts: shorter ones are names. */
  private static final int SHORTEST_TEXT = 12;

  private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]+([.,][0-9]+)?");

  /** No blank in it, as in addresses, identifiers, dates and numbers. */
  private static final Pattern SYMBOL = Pattern.compile("[\\x21-\\x7e]+|[0-9:TZ./+ -]+");

  private final Set<String> different = new HashSet<>();
  private int filled;
  private int numbers;
  private int symbols;
  private int structured;
  private int longest;
  private long characters;

  void add(@Nullable Object value) {
    if (value == null || (value instanceof String blank && Whitespace.isBlank(blank))) {
      return;
    }
    filled++;
    if (value instanceof List || value instanceof Map) {
      structured++;
      return;
    }
    String text = Whitespace.strip(String.valueOf(value));
    different.add(text);
    characters += text.length();
    longest = Math.max(longest, text.indexOf('\n') < 0 ? text.length() : Integer.MAX_VALUE);
    numbers += NUMBER.matcher(text).matches() ? 1 : 0;
    symbols += SYMBOL.matcher(text).matches() ? 1 : 0;
  }

  /** Number of rows with a value. */
  int filled() {
    return filled;
  }

  /** Number of different values. */
  int different() {
    return different.size();
  }

  /** All characters of the values. */
  long characters() {
    return characters;
  }

  /** Whether all values are numbers. */
  boolean areNumbers() {
    return numbers == filled;
  }

  /** Whether the values are short and repeat often enough to be classes. */
  boolean areClasses() {
    return structured == 0
        && !different.isEmpty()
        && longest <= LONGEST_CLASS
        && different.size() * ROWS_OF_A_CLASS <= filled;
  }

  /** Whether most values are texts, and most of them different. */
  boolean areTexts() {
    return structured == 0
        && symbols * 2 < filled
        && different.size() * 2 > filled
        && characters >= (long) filled * SHORTEST_TEXT;
  }
}
