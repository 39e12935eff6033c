package dev.tunebeam.tokens;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * Makes the JVM's regular expressions match as with Unicode 16: each character that the JVM does
 * not know, or assigns another category, is replaced by one of the right category and the same
 * length in UTF-16. All other characters are unchanged.
 */
final class KnownCharacters {

  /** By the value of {@link Character#getType(int)}. */
  private static final String[] CATEGORIES = {
    "Cn", "Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Me", "Mc", "Nd", "Nl", "No", "Zs", "Zl", "Zp", "Cc",
    "Cf", "", "Co", "Cs", "Pd", "Ps", "Pe", "Pc", "Po", "Sm", "Sc", "Sk", "So", "Pi", "Pf"
  };

  private static final BitSet UNKNOWN = new BitSet();

  /** The replacements of the unknown characters. */
  private static final Map<Integer, Integer> STANDS_FOR = new HashMap<>();

  static {
    Map<String, Integer> first = new HashMap<>();
    UnicodeCategories.forEach(
        (from, end, category) -> {
          for (int c = from; c < end; c++) {
            if (CATEGORIES[Character.getType(c)].equals(category)) {
              first.putIfAbsent(category + Character.charCount(c), c);
            } else {
              UNKNOWN.set(c);
            }
          }
        });
    UnicodeCategories.forEach(
        (from, end, category) -> {
          for (int c = UNKNOWN.nextSetBit(from); c >= 0 && c < end; c = UNKNOWN.nextSetBit(c + 1)) {
            STANDS_FOR.put(c, first.getOrDefault(category + Character.charCount(c), c));
          }
        });
  }

  private KnownCharacters() {}

  /** A text of the same length. */
  static String of(String text) {
    StringBuilder known = null;
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < 0x80) {
        continue;
      }
      int codePoint = text.codePointAt(i);
      if (UNKNOWN.get(codePoint)) {
        if (known == null) {
          known = new StringBuilder(text);
        }
        int other = STANDS_FOR.getOrDefault(codePoint, codePoint);
        known.replace(i, i + Character.charCount(codePoint), Character.toString(other));
      }
      i += Character.charCount(codePoint) - 1;
    }
    return known == null ? text : known.toString();
  }
}
