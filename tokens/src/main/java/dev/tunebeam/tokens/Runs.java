package dev.tunebeam.tokens;

import static dev.tunebeam.tokens.CharacterClasses.LETTER;
import static dev.tunebeam.tokens.CharacterClasses.NEWLINE;
import static dev.tunebeam.tokens.CharacterClasses.SPACE;

/** Shared parts of the splitters. */
final class Runs {

  /** What {@link #contraction} returns if there is none. */
  static final int NONE = -1;

  private Runs() {}

  /** The end of the longest run from {@code from} of characters that have a bit of {@code mask}. */
  static int skip(byte[] text, int from, int to, int mask) {
    int at = from;
    while (at < to) {
      int c = CharacterClasses.at(text, at);
      if ((c & mask) == 0) {
        break;
      }
      at += CharacterClasses.width(c);
    }
    return at;
  }

  /** The end of the run of letters from {@code from}. */
  static int letters(byte[] text, int from, int to) {
    int at = AsciiRuns.letters(text, from, to);
    return at < to && text[at] < 0 ? skip(text, at, to, LETTER) : at;
  }

  /** What {@link #skip} returns, of at most {@code max} characters. */
  static int skipAtMost(int max, byte[] text, int from, int to, int mask) {
    int at = from;
    for (int i = 0; i < max && at < to; i++) {
      int c = CharacterClasses.at(text, at);
      if ((c & mask) == 0) {
        break;
      }
      at += CharacterClasses.width(c);
    }
    return at;
  }

  /**
   * The end of a piece of whitespace that begins at {@code from}: {@code \s*[\r\n]+}, if {@code
   * throughNewline}, and if that fails {@code \s+(?!\S)} and {@code \s+}.
   *
   * @param wholeAtEnd whether {@code \s+$} comes before all
   */
  static int whiteSpace(byte[] text, int from, int to, boolean throughNewline, boolean wholeAtEnd) {
    int at = from;
    // Most whitespace is only spaces.
    while (at < to && text[at] == ' ') {
      at++;
    }
    int last = Math.max(from, at - 1);
    int afterNewline = NONE;
    while (at < to) {
      int c = CharacterClasses.at(text, at);
      if ((c & SPACE) == 0) {
        break;
      }
      last = at;
      at += CharacterClasses.width(c);
      if ((c & NEWLINE) != 0) {
        afterNewline = at;
      }
    }
    if (at == to && wholeAtEnd) {
      return at;
    }
    if (throughNewline && afterNewline != NONE) {
      return afterNewline;
    }
    // The last space before a word belongs to the word, unless it is the only one.
    return at == to || last == from ? at : last;
  }

  /** The end of {@code '(?:[sdmt]|ll|ve|re)} at {@code from}, or {@link #NONE}. */
  static int contraction(byte[] text, int from, int to) {
    if (text[from] != '\'' || from + 1 >= to) {
      return NONE;
    }
    int second = from + 2 < to ? text[from + 2] : 0;
    return switch (text[from + 1]) {
      case 's', 'd', 'm', 't' -> from + 2;
      case 'l' -> second == 'l' ? from + 3 : NONE;
      case 'v', 'r' -> second == 'e' ? from + 3 : NONE;
      default -> NONE;
    };
  }

  /**
   * The same, case-insensitive. The long s U+017F folds to s; no other character beyond ASCII folds
   * to one of these letters.
   */
  static int contractionInAnyCase(byte[] text, int from, int to) {
    if (text[from] != '\'' || from + 1 >= to) {
      return NONE;
    }
    int second = from + 2 < to ? text[from + 2] : 0;
    return switch (text[from + 1]) {
      case 's', 'd', 'm', 't', 'S', 'D', 'M', 'T' -> from + 2;
      case 'l', 'L' -> (second | 0x20) == 'l' ? from + 3 : NONE;
      case 'v', 'V', 'r', 'R' -> (second | 0x20) == 'e' ? from + 3 : NONE;
      case (byte) 0xC5 -> second == (byte) 0xBF ? from + 3 : NONE;
      default -> NONE;
    };
  }
}
