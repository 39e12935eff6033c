package dev.tunebeam.transforms.tokens;

import static dev.tunebeam.transforms.tokens.CharacterClasses.LETTER;
import static dev.tunebeam.transforms.tokens.CharacterClasses.MARK;
import static dev.tunebeam.transforms.tokens.CharacterClasses.NEWLINE;
import static dev.tunebeam.transforms.tokens.CharacterClasses.NUMBER;
import static dev.tunebeam.transforms.tokens.CharacterClasses.OTHER;
import static dev.tunebeam.transforms.tokens.CharacterClasses.SPACE;

/**
 * The pieces of cl100k_base and of the tokenizers after its model: {@code
 * '(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}|
 * ?[^\s\p{L}\p{N}]+[\r\n]*|\s+$|\s*[\r\n]+|\s+(?!\S)|\s+}.
 *
 * @param maxDigits the longest piece of digits
 * @param wholeSpaceAtEnd whether {@code \s+$} is there; only cl100k_base itself has it
 */
record Cl100kSplitter(int maxDigits, boolean wholeSpaceAtEnd) implements Splitter {

  @Override
  public int end(byte[] text, int from, int to) {
    int first = text[from];
    if (first >= 0 && first != '\'') {
      // Most pieces are ASCII letters with at most one character before them. One branch for all of
      // them is learned best.
      int c = CharacterClasses.of(first);
      int prefix = (c & LETTER) == 0 ? 1 : 0;
      int letters = AsciiRuns.letters(AsciiRuns.eight(text, from) >>> (Byte.SIZE * prefix));
      if (letters > 0 && (c & (NUMBER | NEWLINE)) == 0) {
        int end = Math.min(from + prefix + letters, to);
        boolean more = prefix + letters == Long.BYTES || (end < to && text[end] < 0);
        return more ? Runs.letters(text, end, to) : end;
      }
    }
    return anyEnd(text, from, to);
  }

  private int anyEnd(byte[] text, int from, int to) {
    int c = CharacterClasses.at(text, from);
    int next = from + CharacterClasses.width(c);
    if ((c & LETTER) != 0) {
      return Runs.letters(text, next, to);
    }
    if ((c & NUMBER) != 0) {
      return Runs.skipAtMost(maxDigits - 1, text, next, to, NUMBER);
    }
    if (text[from] == '\'') {
      int end = Runs.contractionInAnyCase(text, from, to);
      if (end != Runs.NONE) {
        return end;
      }
    }
    int after = next < to ? CharacterClasses.at(text, next) : 0;
    if ((after & LETTER) != 0 && (c & NEWLINE) == 0) {
      return Runs.letters(text, next + CharacterClasses.width(after), to);
    }
    if ((c & SPACE) == 0 || (text[from] == ' ' && (after & (OTHER | MARK)) != 0)) {
      int end = Runs.skip(text, next, to, OTHER | MARK);
      return Runs.skip(text, end, to, NEWLINE);
    }
    return Runs.whiteSpace(text, from, to, true, wholeSpaceAtEnd);
  }
}
