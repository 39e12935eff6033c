package dev.tunebeam.transforms.inspect;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import dev.tunebeam.transforms.inspect.Secrets.Found;
import java.util.regex.Pattern;
import org.apache.commons.validator.routines.CreditCardValidator;
import org.apache.commons.validator.routines.IBANValidator;
import org.jspecify.annotations.Nullable;

/**
 * Finds numbers that belong to somebody: of cards, by brand and Luhn's check digit; IBANs, by
 * country and check digits; of telephones, international with a plus, or as North America writes
 * them, by the plans of libphonenumber. Pure functions.
 */
final class Numbers {

  private static final int FEWEST_PHONE_DIGITS = 8;
  private static final int MOST_PHONE_DIGITS = 15;

  /** Cards of 13 digits are no longer issued, and times in milliseconds have as many. */
  private static final int FEWEST_CARD_DIGITS = 14;

  private static final int MOST_CARD_DIGITS = 19;
  private static final int LONGEST_IBAN = 34;

  private static final Pattern NORTH_AMERICAN =
      Pattern.compile("\\d{3}(\\) ?|[-. ])\\d{3}[-. ]\\d{4}");

  private static final CreditCardValidator CARDS =
      new CreditCardValidator(
          CreditCardValidator.AMEX
              + CreditCardValidator.VISA
              + CreditCardValidator.MASTERCARD
              + CreditCardValidator.DISCOVER
              + CreditCardValidator.DINERS);

  private Numbers() {}

  /** The number of which this is the first digit, null if it is nobody's. */
  static @Nullable Found at(String text, int digit) {
    if (digit > 0 && Character.isLetterOrDigit(text.charAt(digit - 1))) {
      return iban(text, digit);
    }
    int to = digit;
    int digits = 0;
    while (to < text.length() && digits <= MOST_CARD_DIGITS) {
      char c = text.charAt(to);
      if (isDigit(c)) {
        digits++;
      } else if (!isBetween(text, to, c)) {
        break;
      }
      to++;
    }
    if (to < text.length() && isDigit(text.charAt(to))) {
      return null;
    }
    if (digits >= FEWEST_CARD_DIGITS && digits <= MOST_CARD_DIGITS) {
      String plain = text.substring(digit, to).replaceAll("[^0-9]", "");
      return CARDS.isValid(plain) ? new Found(SecretKind.CARD, digit, to) : null;
    }
    if (digits == 10 && to - digit >= 12) {
      String number = text.substring(digit, to);
      return NORTH_AMERICAN.matcher(number).matches() && isPhone(number, "US")
          ? new Found(SecretKind.PHONE, digit, to)
          : null;
    }
    return null;
  }

  /** The telephone number after a plus, null if there is none. */
  static @Nullable Found afterPlus(String text, int plus) {
    int to = plus + 1;
    int last = to;
    int digits = 0;
    while (to < text.length() && digits <= MOST_PHONE_DIGITS) {
      char c = text.charAt(to);
      if (isDigit(c)) {
        digits++;
        last = to + 1;
      } else if (" ()-./".indexOf(c) < 0 || to - last > 2 || digits == 0) {
        break;
      }
      to++;
    }
    boolean possible = digits >= FEWEST_PHONE_DIGITS && digits <= MOST_PHONE_DIGITS;
    return possible && isPhone(text.substring(plus, last), "ZZ")
        ? new Found(SecretKind.PHONE, plus, last)
        : null;
  }

  private static boolean isPhone(String number, String region) {
    PhoneNumberUtil phones = PhoneNumberUtil.getInstance();
    try {
      return phones.isValidNumber(phones.parse(number, region));
    } catch (NumberParseException e) {
      return false;
    }
  }

  /** An IBAN whose first check digit is at this place. */
  private static @Nullable Found iban(String text, int digit) {
    int from = digit - 2;
    boolean begins =
        from >= 0
            && isCapital(text.charAt(from))
            && isCapital(text.charAt(from + 1))
            && (from == 0 || !Character.isLetterOrDigit(text.charAt(from - 1)))
            && digit + 1 < text.length()
            && isDigit(text.charAt(digit + 1));
    if (!begins) {
      return null;
    }
    IBANValidator.Validator country =
        IBANValidator.getInstance().getValidator(text.substring(from, digit));
    if (country == null) {
      return null;
    }
    StringBuilder iban = new StringBuilder(LONGEST_IBAN);
    int to = from;
    while (to < text.length() && iban.length() < country.getIbanLength()) {
      char c = text.charAt(to);
      if (isDigit(c) || isCapital(c)) {
        iban.append(c);
      } else if (c != ' ') {
        return null;
      }
      to++;
    }
    boolean ends = to == text.length() || !Character.isLetterOrDigit(text.charAt(to));
    return ends && IBANValidator.getInstance().isValid(iban.toString())
        ? new Found(SecretKind.IBAN, from, to)
        : null;
  }

  /** Where a run of digits ends. */
  static int endOfDigits(String text, int from) {
    int to = from + 1;
    while (to < text.length() && isDigit(text.charAt(to))) {
      to++;
    }
    return to;
  }

  /** A sign between two groups of digits. */
  private static boolean isBetween(String text, int at, char c) {
    if (at + 1 >= text.length()) {
      return false;
    }
    char next = text.charAt(at + 1);
    return switch (c) {
      case ' ', '-', '.' -> isDigit(next);
      case ')' -> isDigit(next) || (next == ' ' && at + 2 < text.length());
      default -> false;
    };
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isCapital(char c) {
    return c >= 'A' && c <= 'Z';
  }
}
