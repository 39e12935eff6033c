package dev.tunebeam.transforms.inspect.secrets;

import dev.tunebeam.transforms.inspect.secrets.Secrets.Found;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.validator.routines.CodeValidator;
import org.apache.commons.validator.routines.CreditCardValidator;
import org.apache.commons.validator.routines.CreditCardValidator.CreditCardRange;
import org.apache.commons.validator.routines.IBANValidator;
import org.jspecify.annotations.Nullable;

/**
 * Detects card numbers, by brand and Luhn check digit, contiguous or in the groups printed on
 * cards; and IBANs, by country and check digits. Pure functions.
 */
final class CardAndIbanDetector {

  private static final int LONGEST_IBAN = 34;

  /** Cards of 13 digits are no longer issued, and timestamps in milliseconds have 13 digits. */
  private static final Pattern CARD =
      Pattern.compile(
          "(?:\\d{14,19}|\\d{4}([-.%1$s])\\d{4}\\1\\d{4}\\1\\d{4}|\\d{4}([-.%1$s])\\d{6}\\2\\d{4,5})(?!\\d)"
              .formatted(TokenBoundaries.BLANKS));

  private static final int VISA_DIGITS = 16;

  private static final CreditCardValidator CARDS =
      new CreditCardValidator(
          new CodeValidator[] {
            CreditCardValidator.AMEX_VALIDATOR,
            CreditCardValidator.VISA_VALIDATOR,
            CreditCardValidator.MASTERCARD_VALIDATOR,
            CreditCardValidator.DISCOVER_VALIDATOR,
            CreditCardValidator.DINERS_VALIDATOR
          },
          new CreditCardRange[] {
            // JCB and UnionPay.
            new CreditCardRange("3528", "3589", VISA_DIGITS, VISA_DIGITS),
            new CreditCardRange("62", null, VISA_DIGITS, 19)
          });

  private CardAndIbanDetector() {}

  /** The card number, phone number or IBAN at this digit, null for none. */
  static @Nullable Found at(String text, int digit) {
    if (!TokenBoundaries.begins(text, digit)) {
      return iban(text, digit);
    }
    return switch (endOfDigits(text, digit) - digit) {
      case 1, 2, 3, 5, 6 -> isFraction(text, digit) ? null : PhoneNumberDetector.at(text, digit);
      case 4 -> {
        Found found = isFraction(text, digit) ? null : card(text, digit);
        yield found == null && !isFraction(text, digit)
            ? PhoneNumberDetector.at(text, digit)
            : found;
      }
      case 14, 15, 16, 17, 18, 19 -> isFraction(text, digit) ? null : card(text, digit);
      default -> null;
    };
  }

  private static @Nullable Found card(String text, int digit) {
    Matcher matcher = CARD.matcher(text).region(digit, text.length());
    if (!matcher.lookingAt()) {
      return null;
    }
    String plain = matcher.group().replaceAll("[^0-9]", "");
    return CARDS.isValid(plain) ? new Found(SecretKind.CARD, digit, matcher.end()) : null;
  }

  /**
   * Whether the digits follow a decimal point: one in ten long fractions would pass for a card
   * number.
   */
  private static boolean isFraction(String text, int digit) {
    return digit > 1
        && text.charAt(digit - 1) == '.'
        && TokenBoundaries.isDigit(text.charAt(digit - 2));
  }

  /** The IBAN whose first check digit is at this index. */
  private static @Nullable Found iban(String text, int digit) {
    int from = digit - 2;
    boolean begins =
        from >= 0
            && isLetter(text.charAt(from))
            && isLetter(text.charAt(from + 1))
            && TokenBoundaries.begins(text, from)
            && digit + 1 < text.length()
            && TokenBoundaries.isDigit(text.charAt(digit + 1));
    if (!begins) {
      return null;
    }
    IBANValidator.Validator country =
        IBANValidator.getInstance()
            .getValidator(text.substring(from, digit).toUpperCase(Locale.ROOT));
    if (country == null) {
      return null;
    }
    StringBuilder iban = new StringBuilder(LONGEST_IBAN);
    int to = from;
    while (to < text.length() && iban.length() < country.getIbanLength()) {
      char c = text.charAt(to);
      if (TokenBoundaries.isWord(c)) {
        iban.append(c);
      } else if (!TokenBoundaries.isBlank(c)) {
        return null;
      }
      to++;
    }
    return TokenBoundaries.ends(text, to)
            && IBANValidator.getInstance().isValid(iban.toString().toUpperCase(Locale.ROOT))
        ? new Found(SecretKind.IBAN, from, to)
        : null;
  }

  /** The end of a run of digits. */
  static int endOfDigits(String text, int from) {
    int to = from + 1;
    while (to < text.length() && TokenBoundaries.isDigit(text.charAt(to))) {
      to++;
    }
    return to;
  }

  private static boolean isLetter(char c) {
    return TokenBoundaries.isWord(c) && !TokenBoundaries.isDigit(c);
  }
}
