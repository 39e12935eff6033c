package dev.tunebeam.tokens;

import static dev.tunebeam.tokens.CharacterClasses.CASELESS;
import static dev.tunebeam.tokens.CharacterClasses.LETTER;
import static dev.tunebeam.tokens.CharacterClasses.LOWER;
import static dev.tunebeam.tokens.CharacterClasses.MARK;
import static dev.tunebeam.tokens.CharacterClasses.NEWLINE;
import static dev.tunebeam.tokens.CharacterClasses.NUMBER;
import static dev.tunebeam.tokens.CharacterClasses.OTHER;
import static dev.tunebeam.tokens.CharacterClasses.SPACE;
import static dev.tunebeam.tokens.CharacterClasses.UPPER;

/**
 * The pieces of o200k_base and of tokenizers modelled on it. A word is {@code
 * [^\r\n\p{L}\p{N}]?U*W+} or else {@code [^\r\n\p{L}\p{N}]?U+W*}, where U is {@code
 * [\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]} and W is {@code [\p{Ll}\p{Lm}\p{Lo}\p{M}]}, with {@code
 * (?i:'s|'t|'re|'ve|'m|'ll|'d)?} after it; then {@code \p{N}{1,3}|
 * ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+}.
 *
 * @param maxDigits the longest piece of digits
 * @param contractions whether a contraction belongs to the word before it
 */
record O200kSplitter(int maxDigits, boolean contractions) implements Splitter {

  private static final int BOTH = CASELESS | MARK;
  private static final int NOT_LOWER = UPPER | BOTH;
  private static final int NOT_UPPER = LOWER | BOTH;

  @Override
  public int end(byte[] text, int from, int to) {
    int first = text[from];
    if (first >= 0) {
      // Most pieces are lower-case ASCII letters, the first perhaps upper-case, with at most one
      // character before them. A single branch for all of them is predicted best.
      int c = CharacterClasses.of(first);
      int prefix = (c & LETTER) == 0 ? 1 : 0;
      int letters = AsciiRuns.name(AsciiRuns.eight(text, from) >>> (Byte.SIZE * prefix));
      int end = from + prefix + letters;
      if (letters > 0
          && prefix + letters < Long.BYTES
          && end < to
          && (c & (NUMBER | NEWLINE)) == 0
          && endsWord(text[end], letters)) {
        return end;
      }
    }
    return anyEnd(text, from, to);
  }

  /** Whether the byte after {@code letters} letters ends the word and begins no contraction. */
  private static boolean endsWord(byte next, int letters) {
    // A single letter may be upper-case, with more to follow.
    return next >= 0 && next != '\'' && (letters > 1 || (CharacterClasses.of(next) & LETTER) == 0);
  }

  private int anyEnd(byte[] text, int from, int to) {
    int c = CharacterClasses.at(text, from);
    if ((c & LETTER) != 0) {
      return withContraction(text, word(text, from, to, true), to);
    }
    int next = from + CharacterClasses.width(c);
    if ((c & NUMBER) != 0) {
      return Runs.skipAtMost(maxDigits - 1, text, next, to, NUMBER);
    }
    int after = next < to ? CharacterClasses.at(text, next) : 0;
    if ((c & MARK) != 0) {
      // A mark may be the character before the word; if no word follows, it is a word itself.
      int end = word(text, next, to, false);
      return withContraction(text, end == Runs.NONE ? next : end, to);
    }
    if ((after & (LETTER | MARK)) != 0 && (c & NEWLINE) == 0) {
      return withContraction(text, word(text, next, to, true), to);
    }
    if ((c & SPACE) == 0 || (text[from] == ' ' && (after & OTHER) != 0)) {
      int end = Runs.skip(text, next, to, OTHER | MARK);
      while (end < to && (text[end] == '\n' || text[end] == '\r' || text[end] == '/')) {
        end++;
      }
      return end;
    }
    return Runs.whiteSpace(text, from, to, true, false);
  }

  /**
   * The end of {@code U*W+} at {@code from}; if that fails, of {@code U+} if {@code orUpper}. After
   * the longest {@code U*} either a lower-case letter follows, or {@code W+} matches the last
   * character of the run that is in both classes, so no further backtracking is needed.
   */
  private static int word(byte[] text, int from, int to, boolean orUpper) {
    int at = from;
    int afterBoth = Runs.NONE;
    while (at < to) {
      int c = CharacterClasses.at(text, at);
      if ((c & NOT_LOWER) == 0) {
        if ((c & LOWER) != 0) {
          return lower(text, at + CharacterClasses.width(c), to);
        }
        break;
      }
      at += CharacterClasses.width(c);
      if ((c & BOTH) != 0) {
        afterBoth = at;
      }
    }
    return afterBoth == Runs.NONE && orUpper && at > from ? at : afterBoth;
  }

  /** The end of {@code W*} at {@code from}. */
  private static int lower(byte[] text, int from, int to) {
    int at = AsciiRuns.lowerCase(text, from, to);
    return at < to && text[at] < 0 ? Runs.skip(text, at, to, NOT_UPPER) : at;
  }

  private int withContraction(byte[] text, int end, int to) {
    if (!contractions || end >= to || text[end] != '\'') {
      return end;
    }
    int contraction = Runs.contractionInAnyCase(text, end, to);
    return contraction == Runs.NONE ? end : contraction;
  }
}
