package dev.tunebeam.dataset;

import java.util.regex.Pattern;

/**
 * What counts as whitespace in the texts of a dataset: all that Python's {@code str.strip} takes
 * away (Unicode's White_Space, so no-break spaces too, and the four separators U+001C to U+001F),
 * and two signs of no width that web pages and office programs leave: U+200B and U+FEFF, the byte
 * order mark. Pure functions.
 */
public final class Whitespace {

  /** All of it, for within the brackets of a pattern. */
  public static final String CHARACTERS = "\\s\\x1c-\\x1f\\x85\\p{Z}\\u200b\\ufeff";

  private static final Pattern RUN = Pattern.compile("[" + CHARACTERS + "]+");

  private Whitespace() {}

  /** Whether there is nothing else in a text. */
  public static boolean isBlank(String text) {
    return leading(text) == text.length();
  }

  /** The text without it at both ends. */
  public static String strip(String text) {
    return stripTrailing(stripLeading(text));
  }

  /** The text without it at its beginning. */
  public static String stripLeading(String text) {
    return text.substring(leading(text));
  }

  private static int leading(String text) {
    int from = 0;
    while (from < text.length() && isWhitespace(text.charAt(from))) {
      from++;
    }
    return from;
  }

  /** The text without it at its end. */
  public static String stripTrailing(String text) {
    int to = text.length();
    while (to > 0 && isWhitespace(text.charAt(to - 1))) {
      to--;
    }
    return text.substring(0, to);
  }

  /** The text with a single space for each run of it. */
  public static String collapse(String text) {
    return RUN.matcher(text).replaceAll(" ");
  }

  /** All of it are single UTF-16 units. */
  private static boolean isWhitespace(char unit) {
    if (unit > ' ' && unit < '\u0080') {
      return false;
    }
    return Character.isWhitespace(unit)
        || Character.isSpaceChar(unit)
        || unit == '\u0085'
        || unit == '\u200b'
        || unit == '\ufeff';
  }
}
