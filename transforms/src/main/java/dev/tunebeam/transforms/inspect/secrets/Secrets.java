package dev.tunebeam.transforms.inspect.secrets;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Detects likely secrets and personal data in a text: e-mail addresses, phone numbers, card
 * numbers, IBANs, and keys of known formats. One pass over the characters; the validators of
 * libraries run only at a few trigger characters. A pure function. Other secrets may remain
 * undetected.
 */
public final class Secrets {

  /** A secret in a text, from {@code from}, inclusive, to {@code to}, exclusive. */
  record Found(SecretKind kind, int from, int to) {}

  /** The check to run at a character; 0 for none. */
  private static final byte[] SIGNS = new byte[128];

  private static final byte AT = 1;
  private static final byte PLUS = 2;
  private static final byte DIGIT = 3;
  private static final byte KEY = 4;

  static {
    SIGNS['@'] = AT;
    SIGNS['+'] = PLUS;
    for (char digit = '0'; digit <= '9'; digit++) {
      SIGNS[digit] = DIGIT;
    }
    for (char sign : new char[] {'_', '-', 'A', 'J'}) {
      SIGNS[sign] = KEY;
    }
  }

  private Secrets() {}

  /** The kinds of secrets in a text. */
  public static Set<SecretKind> kinds(String text) {
    List<Found> found = find(text);
    if (found.isEmpty()) {
      return Set.of();
    }
    EnumSet<SecretKind> kinds = EnumSet.noneOf(SecretKind.class);
    found.forEach(secret -> kinds.add(secret.kind()));
    return kinds;
  }

  /** The text with each secret replaced by its kind. */
  public static String mask(String text) {
    List<Found> found = find(text);
    if (found.isEmpty()) {
      return text;
    }
    StringBuilder masked = new StringBuilder(text.length());
    int at = 0;
    for (Found secret : found) {
      int from = Math.max(at, secret.from());
      if (secret.to() > from) {
        masked.append(text, at, from).append(secret.kind().mask());
        at = secret.to();
      }
    }
    return masked.append(text, at, text.length()).toString();
  }

  /** The secrets in a text, in order. */
  static List<Found> find(String text) {
    List<Found> found = List.of();
    int length = text.length();
    int at = 0;
    while (at < length) {
      char c = text.charAt(at);
      byte sign = c < SIGNS.length ? SIGNS[c] : 0;
      if (sign == 0) {
        at++;
        continue;
      }
      Found secret = look(sign, text, at);
      if (secret == null) {
        at = sign == DIGIT ? CardAndIbanDetector.endOfDigits(text, at) : at + 1;
        continue;
      }
      if (found.isEmpty()) {
        found = new ArrayList<>();
      }
      found.add(secret);
      at = Math.max(at + 1, secret.to());
    }
    return found;
  }

  private static @Nullable Found look(byte sign, String text, int at) {
    return switch (sign) {
      case AT -> EmailDetector.at(text, at);
      case PLUS -> PhoneNumberDetector.afterPlus(text, at);
      case DIGIT -> CardAndIbanDetector.at(text, at);
      default -> ApiKeyDetector.at(text, at);
    };
  }
}
