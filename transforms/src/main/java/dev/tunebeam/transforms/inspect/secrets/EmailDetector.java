package dev.tunebeam.transforms.inspect.secrets;

import dev.tunebeam.transforms.inspect.secrets.Secrets.Found;
import org.apache.commons.validator.routines.EmailValidator;
import org.jspecify.annotations.Nullable;

/** Detects e-mail addresses. Pure functions. */
final class EmailDetector {

  /** The longest local part and the longest domain that the standards allow. */
  private static final int LONGEST_NAME = 64;

  private static final int LONGEST_DOMAIN = 255;

  /** Maximum number of words of a following sentence to remove from the end of a domain. */
  private static final int MOST_CUTS = 2;

  /** A public user name: {@code git@github.com:owner/repository}. */
  private static final String NOBODY = "git";

  private EmailDetector() {}

  /**
   * The address around the character {@code @}, null if there is none. Chinese and Japanese text
   * has no space around it, so if letters of all scripts give no valid address, only ASCII is
   * tried.
   */
  static @Nullable Found at(String text, int sign) {
    Found found = at(text, sign, false);
    return found == null ? at(text, sign, true) : found;
  }

  private static @Nullable Found at(String text, int sign, boolean ascii) {
    int from = sign;
    while (from > 0 && sign - from < LONGEST_NAME && isName(text.charAt(from - 1), ascii)) {
      from--;
    }
    int to = sign + 1;
    while (to < text.length() && to - sign < LONGEST_DOMAIN && isDomain(text.charAt(to), ascii)) {
      to++;
    }
    while (from < sign && text.charAt(from) == '.') {
      from++;
    }
    if (from == sign || text.substring(from, sign).equals(NOBODY)) {
      return null;
    }
    // A full stop after the domain is not part of it, nor is a word that follows without a space.
    for (int cuts = 0; cuts <= MOST_CUTS; cuts++) {
      while (to > sign + 1 && !Character.isLetterOrDigit(text.charAt(to - 1))) {
        to--;
      }
      if (to - sign < 4) {
        return null;
      }
      if (EmailValidator.getInstance().isValid(text.substring(from, to))) {
        return new Found(SecretKind.EMAIL, from, to);
      }
      to = beforeLastLabel(text, sign + 1, to);
    }
    return null;
  }

  /** The start of the last label of a domain, with its dot; never looks further back. */
  private static int beforeLastLabel(String text, int from, int to) {
    int end = to - 1;
    while (end > from && text.charAt(end) != '.') {
      end--;
    }
    return Math.max(from, end);
  }

  private static boolean isName(char c, boolean ascii) {
    return isLetterOrDigit(c, ascii) || "._%+-".indexOf(c) >= 0;
  }

  private static boolean isDomain(char c, boolean ascii) {
    return isLetterOrDigit(c, ascii) || c == '.' || c == '-';
  }

  private static boolean isLetterOrDigit(char c, boolean ascii) {
    return ascii ? TokenBoundaries.isWord(c) : Character.isLetterOrDigit(c);
  }
}
