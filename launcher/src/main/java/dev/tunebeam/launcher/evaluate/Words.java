package dev.tunebeam.launcher.evaluate;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Splits text in any language into words, to compare two texts.
 *
 * <p>The text is normalized to NFKC (full-width letters become ASCII) and lower-cased. A word is a
 * run of letters, marks, digits and underscores; an apostrophe or full stop between two letters and
 * a comma or full stop between two digits do not split a word, as in UAX #29. In scripts without
 * spaces between words (Han, kana, Thai, Lao, Khmer, Myanmar) each letter with its marks is a word.
 * Symbols such as + and € and emoji are words of one character. Whitespace and punctuation are
 * dropped. Articles are kept: removing them would only work for English.
 */
final class Words {

  private static final String UNSPACED =
      "\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}\\p{IsThai}\\p{IsLao}\\p{IsKhmer}\\p{IsMyanmar}";
  private static final String PART = "[\\p{L}\\p{M}\\p{N}_&&[^" + UNSPACED + "]]";

  /** Possessive quantifiers: no backtracking, and no deep stack for long words. */
  private static final Pattern WORD =
      Pattern.compile(
          ("[%s&&[\\p{L}\\p{N}]]\\p{M}*"
                  + "|%s++(?:(?:(?<=[\\p{L}\\p{M}])['.](?=\\p{L})|(?<=\\p{N})[.,](?=\\p{N}))%s++)*+"
                  + "|\\p{S}")
              .formatted(UNSPACED, PART, PART));

  private Words() {}

  /** The words in order, with duplicates. */
  static List<String> of(String text) {
    String same =
        Normalizer.normalize(text, Normalizer.Form.NFKC)
            .toLowerCase(Locale.ROOT)
            .replace('’', '\'');
    return WORD.matcher(same).results().map(MatchResult::group).toList();
  }
}
