package dev.tunebeam.transforms.inspect.secrets;

/** What the characters in and around numbers and keys are. Pure functions. */
final class TokenBoundaries {

  /** Blanks within a line as a part of a regular expression's class: also those that join words. */
  static final String BLANKS = " \u00a0\u2009\u202f";

  private TokenBoundaries() {}

  static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  static boolean isBlank(char c) {
    return BLANKS.indexOf(c) >= 0;
  }

  /** A letter or digit of those that numbers and keys are made of. */
  static boolean isWord(char c) {
    return isDigit(c) || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  }

  /**
   * Whether something begins here. Chinese and Japanese put no blank before a number, and the line
   * end of a text in JSON is {@code \n}.
   */
  static boolean begins(String text, int at) {
    if (at == 0 || !isWord(text.charAt(at - 1))) {
      return true;
    }
    return at > 1 && text.charAt(at - 2) == '\\' && "nrt".indexOf(text.charAt(at - 1)) >= 0;
  }

  /** Whether something ends here. */
  static boolean ends(String text, int at) {
    return at == text.length() || !isWord(text.charAt(at));
  }
}
