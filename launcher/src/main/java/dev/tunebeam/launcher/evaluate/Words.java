package dev.tunebeam.launcher.evaluate;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The words of a text in any language, for comparing two texts.
 *
 * <p>The text is brought to Unicode's NFKC, so that full-width letters are letters, and to lower
 * case. Then a word is a run of letters, marks, digits and underscores; an apostrophe or a full
 * stop between two letters is inside a word, as are a comma or a full stop between two digits,
 * after the rules of Unicode's annex 29. In the scripts that put no blanks between words (Han,
 * kana, Thai, Lao, Khmer, Myanmar) each letter with its marks is a word. Symbols such as + and €
 * and emoji are words of one character. Blanks and punctuation are none. No word is left out for
 * being an article: that would be English only.
 */
final class Words {

  private static final String UNSPACED =
      "\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}\\p{IsThai}\\p{IsLao}\\p{IsKhmer}\\p{IsMyanmar}";
  private static final String PART = "[\\p{L}\\p{M}\\p{N}_&&[^" + UNSPACED + "]]";

  /** Possessive: a word is never given back, and a long one takes no stack. */
  private static final Pattern WORD =
      Pattern.compile(
          ("[%s&&[\\p{L}\\p{N}]]\\p{M}*"
                  + "|%s++(?:(?:(?<=[\\p{L}\\p{M}])['.](?=\\p{L})|(?<=\\p{N})[.,](?=\\p{N}))%s++)*+"
                  + "|\\p{S}")
              .formatted(UNSPACED, PART, PART));

  private Words() {}

  /** The words in their order, repeated ones repeated. */
  static List<String> of(String text) {
    String same =
        Normalizer.normalize(text, Normalizer.Form.NFKC)
            .toLowerCase(Locale.ROOT)
            .replace('’', '\'');
    return WORD.matcher(same).results().map(MatchResult::group).toList();
  }
}
