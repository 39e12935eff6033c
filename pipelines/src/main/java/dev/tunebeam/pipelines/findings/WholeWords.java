package dev.tunebeam.pipelines.findings;

import dev.tunebeam.transforms.inspect.CommonEnds;
import java.util.Set;

/**
 * Shortens a common prefix or suffix to what can be cut: whole words, and never half of a pair of
 * brackets or quotes. Pure functions.
 */
final class WholeWords {

  /** Characters that come in pairs and are not brackets in Unicode. */
  private static final String MARKS = "<>\"'`*_~＂＇";

  private static final Set<Byte> PAIRS =
      Set.of(
          Character.START_PUNCTUATION,
          Character.END_PUNCTUATION,
          Character.INITIAL_QUOTE_PUNCTUATION,
          Character.FINAL_QUOTE_PUNCTUATION);

  private WholeWords() {}

  /** The part of a common prefix that ends at a word boundary; empty if nothing can be cut. */
  static String prefix(String common) {
    int end = common.length();
    while (end > 0 && !isBlank(common.codePointBefore(end))) {
      end--;
    }
    if (end == 0) {
      end = common.length();
      while (end > 0 && !isPunctuation(common.codePointBefore(end))) {
        end--;
      }
    }
    return unlessPartOfAForm(common, common.substring(0, end));
  }

  /** The part of a common suffix that begins at a word boundary; empty if nothing can be cut. */
  static String suffix(String common) {
    int start = 0;
    while (start < common.length() && !isBlank(common.codePointAt(start))) {
      start++;
    }
    if (start == common.length()) {
      start = 0;
      while (start < common.length() && !isPunctuation(common.codePointAt(start))) {
        start++;
      }
      start = Math.min(common.length(), start + 1);
    }
    return unlessPartOfAForm(common, common.substring(start));
  }

  /**
   * Empty if the text contains brackets, quotes or Markdown marks: half of a pair cannot be cut.
   */
  private static String unlessPartOfAForm(String common, String end) {
    if (common.length() >= CommonEnds.MOST_CHARS) {
      return "";
    }
    for (int i = 0; i < end.length(); i++) {
      char c = end.charAt(i);
      boolean apostrophe =
          (c == '\'' || c == '’')
              && i > 0
              && i + 1 < end.length()
              && Character.isLetter(end.charAt(i - 1))
              && Character.isLetter(end.charAt(i + 1));
      if (!apostrophe && (MARKS.indexOf(c) >= 0 || PAIRS.contains((byte) Character.getType(c)))) {
        return "";
      }
    }
    return end;
  }

  private static boolean isBlank(int c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c);
  }

  private static boolean isPunctuation(int c) {
    return Character.getType(c) == Character.OTHER_PUNCTUATION && c != '\'';
  }
}
