package dev.tunebeam.transforms.inspect.secrets;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import dev.tunebeam.transforms.inspect.secrets.Secrets.Found;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Detects phone numbers, international ones with a plus or in North American notation, by the
 * numbering plans of libphonenumber. Pure functions.
 */
final class PhoneNumberDetector {

  private static final int FEWEST_DIGITS = 8;
  private static final int MOST_DIGITS = 15;
  private static final int MOST_SIGNS_BETWEEN = 3;
  private static final String BETWEEN = TokenBoundaries.BLANKS + "()-./";

  private static final Pattern NORTH_AMERICAN =
      Pattern.compile(
          "(?:1[-. ])?\\d{3}(?:\\)[ \u00a0]?|[-. \u00a0])\\d{3}[-. \u00a0]\\d{4}(?![-.]?\\d)");

  /** A date after a UTC offset, {@code +1 2024-05-06 12:30}. */
  private static final Pattern DATE = Pattern.compile("\\D(?:19|20)\\d\\d([-./])\\d\\d?\\1\\d\\d?");

  private PhoneNumberDetector() {}

  /** The North American number that begins at this digit, null if there is none. */
  static @Nullable Found at(String text, int digit) {
    Matcher matcher = NORTH_AMERICAN.matcher(text).region(digit, text.length());
    return matcher.lookingAt() && isValid(text.substring(digit, matcher.end()), "US")
        ? new Found(SecretKind.PHONE, digit, matcher.end())
        : null;
  }

  /** The number after a plus, null if there is none. Further numbers behind it are not included. */
  static @Nullable Found afterPlus(String text, int plus) {
    if (!TokenBoundaries.begins(text, plus)) {
      return null;
    }
    List<Integer> ends = new ArrayList<>();
    int to = plus + 1;
    int last = to;
    int digits = 0;
    while (to < text.length() && digits <= MOST_DIGITS) {
      char c = text.charAt(to);
      if (TokenBoundaries.isDigit(c)) {
        digits++;
        last = to + 1;
        boolean ended = last == text.length() || !TokenBoundaries.isDigit(text.charAt(last));
        if (ended && digits >= FEWEST_DIGITS && digits <= MOST_DIGITS) {
          ends.add(last);
        }
      } else if (BETWEEN.indexOf(c) < 0 || to - last >= MOST_SIGNS_BETWEEN || digits == 0) {
        break;
      }
      to++;
    }
    for (int i = ends.size() - 1; i >= 0; i--) {
      if (isValid(text.substring(plus, ends.get(i)), "ZZ")) {
        return new Found(SecretKind.PHONE, plus, ends.get(i));
      }
    }
    return null;
  }

  private static boolean isValid(String number, String region) {
    PhoneNumberUtil phones = PhoneNumberUtil.getInstance();
    try {
      // The library does not recognize all spaces.
      PhoneNumber parsed =
          phones.parse(number.replaceAll("[" + TokenBoundaries.BLANKS + "]", " "), region);
      return phones.isValidNumber(parsed)
          && (number.charAt(0) != '+' || isInternational(number, parsed.getCountryCode()));
    } catch (NumberParseException e) {
      return false;
    }
  }

  /** Whether the country code is not assembled from several numbers, and no date follows. */
  private static boolean isInternational(String number, int country) {
    return number.startsWith(String.valueOf(country), 1) && !DATE.matcher(number).find();
  }
}
