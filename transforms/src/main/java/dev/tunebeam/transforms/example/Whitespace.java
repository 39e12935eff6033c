package dev.tunebeam.transforms.example;

/**
 * What nobody sees at the ends of a text: blanks and line ends, those of web pages and of office
 * programs too (no-break spaces, a zero-width space, a byte order mark). Pure functions.
 */
public final class Whitespace {

  private static final char ZERO_WIDTH_SPACE = '\u200b';
  private static final char BYTE_ORDER_MARK = '\ufeff';

  private Whitespace() {}

  /** Whether there is nothing else in a text. */
  public static boolean isBlank(String text) {
    return leading(text) == text.length();
  }

  /** The text without them at its ends. */
  public static String strip(String text) {
    return stripTrailing(stripLeading(text));
  }

  /** The text without them at its beginning. */
  public static String stripLeading(String text) {
    return text.substring(leading(text));
  }

  private static int leading(String text) {
    int blanks = 0;
    while (blanks < text.length() && isBlank(text.charAt(blanks))) {
      blanks++;
    }
    return blanks;
  }

  /** The text without them at its end. */
  public static String stripTrailing(String text) {
    int to = text.length();
    while (to > 0 && isBlank(text.charAt(to - 1))) {
      to--;
    }
    return text.substring(0, to);
  }

  /** All of them are single UTF-16 units. */
  private static boolean isBlank(int unit) {
    return Character.isWhitespace(unit)
        || Character.isSpaceChar(unit)
        || unit == ZERO_WIDTH_SPACE
        || unit == BYTE_ORDER_MARK;
  }
}
