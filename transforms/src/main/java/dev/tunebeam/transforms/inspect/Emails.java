package dev.tunebeam.transforms.inspect;

import dev.tunebeam.transforms.inspect.Secrets.Found;
import org.apache.commons.validator.routines.EmailValidator;
import org.jspecify.annotations.Nullable;

/** Finds e-mail addresses. Pure functions. */
final class Emails {

  /** The longest name and the longest domain that the standards allow. */
  private static final int LONGEST_NAME = 64;

  private static final int LONGEST_DOMAIN = 255;

  private Emails() {}

  /** The address around the sign {@code @}, null if there is none. */
  static @Nullable Found at(String text, int sign) {
    int from = sign;
    while (from > 0 && sign - from < LONGEST_NAME && isName(text.charAt(from - 1))) {
      from--;
    }
    int to = sign + 1;
    while (to < text.length() && to - sign < LONGEST_DOMAIN && isDomain(text.charAt(to))) {
      to++;
    }
    // The full stop of a sentence is none of the domain.
    while (to > sign + 1 && !Character.isLetterOrDigit(text.charAt(to - 1))) {
      to--;
    }
    while (from < sign && text.charAt(from) == '.') {
      from++;
    }
    if (from == sign || to - sign < 4) {
      return null;
    }
    return EmailValidator.getInstance().isValid(text.substring(from, to))
        ? new Found(SecretKind.EMAIL, from, to)
        : null;
  }

  private static boolean isName(char c) {
    return Character.isLetterOrDigit(c) || "._%+-".indexOf(c) >= 0;
  }

  private static boolean isDomain(char c) {
    return Character.isLetterOrDigit(c) || c == '.' || c == '-';
  }
}
