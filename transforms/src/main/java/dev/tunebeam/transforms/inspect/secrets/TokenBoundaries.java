package dev.tunebeam.transforms.inspect.secrets;

/** Character classes in and around numbers and keys. Pure functions. */
final class TokenBoundaries {

  /**
   * Spaces within a line, for a regular expression's character class; includes non-breaking ones.
   */
  static final String BLANKS = " \u00a0\u2009\u202f";

  private TokenBoundaries() {}

  static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  static boolean isBlank(char c) {
    return BLANKS.indexOf(c) >= 0;
  }

  /** Whether it is an ASCII letter or digit. */
  static boolean isWord(char c) {
    return isDigit(c) || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  }

  /**
   * Whether a number or key can begin here. Chinese and Japanese put no space before a number, and
   * a line break in JSON text is {@code \n}.
   */
  static boolean begins(String text, int at) {
    if (at == 0 || !isWord(text.charAt(at - 1))) {
      return true;
    }
    return at > 1 && text.charAt(at - 2) == '\\' && "nrt".indexOf(text.charAt(at - 1)) >= 0;
  }

  /** Whether a number or key can end here. */
  static boolean ends(String text, int at) {
    return at == text.length() || !isWord(text.charAt(at));
  }
}
