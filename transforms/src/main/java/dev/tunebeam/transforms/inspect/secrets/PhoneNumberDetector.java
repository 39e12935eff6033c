package dev.tunebeam.transforms.inspect.secrets;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import dev.tunebeam.transforms.inspect.secrets.Secrets.Found;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Detects phone numbers, international ones with a plus, in North American notation, or in the
 * national notation of a country, by the numbering plans of libphonenumber. Pure functions.
 *
 * <p>A national number begins with 0, or follows a word such as Tel. or 电话, and is valid in a
 * country and grouped as is usual there. Others are not found, since they look like order numbers,
 * nor those that a word such as order or SKU stands before.
 */
final class PhoneNumberDetector {

  private static final int FEWEST_DIGITS = 8;
  private static final int MOST_DIGITS = 15;
  private static final int MOST_SIGNS_BETWEEN = 3;
  private static final String BETWEEN = TokenBoundaries.BLANKS + "()-./";

  private static final Pattern NORTH_AMERICAN =
      Pattern.compile(
          "(?:1[-. ])?\\d{3}(?:\\)[ \u00a0]?|[-. \u00a0])\\d{3}[-. \u00a0]\\d{4}(?![-.]?\\d)");

  /** Groups of digits with one kind of sign between them, the first one perhaps in parentheses. */
  private static final Pattern NATIONAL =
      Pattern.compile(
          "(\\d{1,6})(\\)[ \u00a0]?|[-. /\u00a0\u202f])\\d{2,8}(?:([-. \u00a0\u202f])\\d{2,5}(?:\\3\\d{2,4}){0,2})?(?![-./]?\\d)");

  private static final Pattern SAID_BEFORE =
      Pattern.compile(
          "(?i)(?:\\b(?:tele)?phone|\\bt[eé]l(?:[eé]fono?|efon)?|\\bmobile?|\\bcell|\\bhandy|\\bfax|\\bwhatsapp|电话|手机|電話|携帯)(?: ?(?:number|no|nr|n°))?[.:：]{0,2}[ \u00a0]?\\(?$");

  /** What numbers in such groups are, too. */
  private static final Pattern OTHER_BEFORE =
      Pattern.compile(
          "(?i)(?:\\b(?:order|invoice|part|serial|sku|case|ticket|tracking|article|item|ref|reference|code|model|version|account|customer|coords|bestellung|rechnung|artikel|commande|facture|pedido|factura)(?: ?(?:number|no|nr|n°|id))?|#)[.:#]{0,2}[ \u00a0]?#?\\(?$");

  /** Characters before a number that are searched for such a word. */
  private static final int BEFORE = 24;

  private static final int ITALY = 39;
  private static final Pattern DIGITS = Pattern.compile("\\d+");

  private static final int FEWEST_NATIONAL_DIGITS = 9;

  /** A date after a UTC offset, {@code +1 2024-05-06 12:30}. */
  private static final Pattern DATE = Pattern.compile("\\D(?:19|20)\\d\\d([-./])\\d\\d?\\1\\d\\d?");

  private PhoneNumberDetector() {}

  /** The national number that begins at this digit, null if there is none. */
  static @Nullable Found at(String text, int digit) {
    Found american = northAmerican(text, digit);
    return american == null ? national(text, digit) : american;
  }

  private static @Nullable Found national(String text, int digit) {
    Matcher matcher = NATIONAL.matcher(text).region(digit, text.length());
    if (!matcher.lookingAt()) {
      return null;
    }
    String number = matcher.group();
    long digits = number.chars().filter(c -> TokenBoundaries.isDigit((char) c)).count();
    if (digits < FEWEST_NATIONAL_DIGITS || digits > MOST_DIGITS) {
      return null;
    }
    int from = Math.max(0, digit - BEFORE);
    boolean said = SAID_BEFORE.matcher(text).region(from, digit).find();
    boolean other = OTHER_BEFORE.matcher(text).region(from, digit).find();
    if (!said && (other || text.charAt(digit) != '0')) {
      return null;
    }
    boolean zero = text.charAt(digit) == '0';
    List<String> groups = groups(number);
    for (String region : zero ? Regions.ALL.subList(0, Regions.DIALLING_ZERO) : Regions.ALL) {
      if (isIn(region, number, said && zero ? List.of() : groups)) {
        return new Found(SecretKind.PHONE, digit, matcher.end());
      }
    }
    return null;
  }

  /**
   * Whether the number is valid in the region, and grouped as is usual there; empty for any groups.
   */
  private static boolean isIn(String region, String number, List<String> groups) {
    PhoneNumberUtil phones = PhoneNumberUtil.getInstance();
    try {
      PhoneNumber parsed = phones.parse(number, region);
      return phones.isValidNumberForRegion(parsed, region)
          && (groups.isEmpty()
              || groups(phones.format(parsed, PhoneNumberFormat.NATIONAL)).equals(groups));
    } catch (NumberParseException e) {
      return false;
    }
  }

  /** Whether national numbers begin with 0, as a prefix or, as in Italy, as their first digit. */
  private static boolean dialsZero(String region) {
    PhoneNumberUtil phones = PhoneNumberUtil.getInstance();
    return "0".equals(phones.getNddPrefixForRegion(region, true))
        || phones.getCountryCodeForRegion(region) == ITALY;
  }

  private static List<String> groups(String number) {
    return DIGITS.matcher(number).results().map(MatchResult::group).toList();
  }

  private static @Nullable Found northAmerican(String text, int digit) {
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

  /** The numbering plans, which are read when the first number is looked at. */
  private static final class Regions {

    /** All countries, those first that begin national numbers with 0. */
    static final List<String> ALL =
        PhoneNumberUtil.getInstance().getSupportedRegions().stream()
            .sorted(
                Comparator.comparing((String region) -> !dialsZero(region)).thenComparing(r -> r))
            .toList();

    static final int DIALLING_ZERO =
        (int) ALL.stream().filter(PhoneNumberDetector::dialsZero).count();
  }
}
