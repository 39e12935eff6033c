package dev.tunebeam.tokens;

import static dev.tunebeam.tokens.CharacterClasses.LETTER;
import static dev.tunebeam.tokens.CharacterClasses.MARK;
import static dev.tunebeam.tokens.CharacterClasses.NEWLINE;
import static dev.tunebeam.tokens.CharacterClasses.NUMBER;
import static dev.tunebeam.tokens.CharacterClasses.OTHER;
import static dev.tunebeam.tokens.CharacterClasses.SPACE;

import java.util.Arrays;

/**
 * The pieces of cl100k_base and of tokenizers modelled on it: {@code
 * '(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}|
 * ?[^\s\p{L}\p{N}]+[\r\n]*|\s+$|\s*[\r\n]+|\s+(?!\S)|\s+}.
 *
 * @param maxDigits the longest piece of digits
 * @param wholeSpaceAtEnd whether {@code \s+$} is there; only cl100k_base itself has it
 */
record Cl100kSplitter(int maxDigits, boolean wholeSpaceAtEnd) implements Splitter {

  /**
   * By first byte, the length that a word must exceed: 0 for a letter, 1 for a character that may
   * precede one, and unreachable for all others, which {@link #anyEnd} handles.
   */
  private static final byte[] EXCEED = new byte[1 << Byte.SIZE];

  static {
    Arrays.fill(EXCEED, Byte.MAX_VALUE);
    for (int c = 0; c < 0x80; c++) {
      int bits = CharacterClasses.of(c);
      if ((bits & (NUMBER | NEWLINE)) == 0 && c != '\'') {
        EXCEED[c] = (byte) ((bits & LETTER) != 0 ? 0 : 1);
      }
    }
  }

  @Override
  public int end(byte[] text, int from, int to) {
    // Most pieces are ASCII letters with at most one character before them. A single branch for all
    // of them is predicted best.
    int word = AsciiRuns.word(text, from);
    if (word > EXCEED[text[from] & 0xFF]) {
      int end = Math.min(from + word, to);
      boolean more = word == 2 * Long.BYTES || (end < to && text[end] < 0);
      return more ? Runs.letters(text, end, to) : end;
    }
    return from + 1 < to ? noWordEnd(text, from, to) : anyEnd(text, from, to);
  }

  /** The end of a piece that is not a word of ASCII letters; there are at least two bytes. */
  private int noWordEnd(byte[] text, int from, int to) {
    int first = text[from];
    int second = text[from + 1];
    if ((first | second) < 0 || first == '\'') {
      return anyEnd(text, from, to);
    }
    int blank = first == ' ' ? 1 : 0;
    int others = AsciiRuns.others(AsciiRuns.eight(text, from + blank));
    if (others > 0) {
      return othersEnd(text, from + blank + others, to);
    }
    if ((CharacterClasses.of(first) & SPACE) == 0) {
      return anyEnd(text, from, to);
    }
    // Whitespace: mostly one character, or spaces of which the last belongs to the next piece.
    if (second > ' ') {
      return from + 1;
    }
    int blanks = AsciiRuns.blanks(AsciiRuns.eight(text, from + 1 - blank));
    int end = from + 1 - blank + blanks;
    boolean isWord = blanks < Long.BYTES && end < to && text[end] > ' ';
    return !isWord ? anyEnd(text, from, to) : blank == 1 ? end - 1 : newlineEnd(text, from, end);
  }

  /** The end of whitespace that is a control character followed by spaces up to {@code end}. */
  private static int newlineEnd(byte[] text, int from, int end) {
    boolean newline = text[from] == '\n' || text[from] == '\r';
    // A tab includes all spaces after it but the last.
    return newline || end == from + 1 ? from + 1 : end - 1;
  }

  /** The end of punctuation that has been scanned up to {@code from}. */
  private static int othersEnd(byte[] text, int from, int to) {
    int end = Math.min(from, to);
    // The scanned bytes may end within the run.
    if (end < to && text[end] != ' ') {
      end = Runs.skip(text, end, to, OTHER | MARK);
      end = Runs.skip(text, end, to, NEWLINE);
    }
    return end;
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
