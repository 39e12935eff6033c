package dev.tunebeam.tokens;

import static dev.tunebeam.tokens.CharacterClasses.LETTER;
import static dev.tunebeam.tokens.CharacterClasses.MARK;
import static dev.tunebeam.tokens.CharacterClasses.NUMBER;
import static dev.tunebeam.tokens.CharacterClasses.OTHER;
import static dev.tunebeam.tokens.CharacterClasses.SPACE;

/**
 * The pieces of GPT-2, r50k_base and p50k_base: {@code '(?:[sdmt]|ll|ve|re)| ?\p{L}+| ?\p{N}+|
 * ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+}.
 */
final class Gpt2Splitter implements Splitter {

  @Override
  public int end(byte[] text, int from, int to) {
    int c = CharacterClasses.at(text, from);
    int start = from;
    if (text[from] == '\'') {
      int end = Runs.contraction(text, from, to);
      if (end != Runs.NONE) {
        return end;
      }
    } else if ((c & SPACE) != 0) {
      if (text[from] != ' ' || from + 1 == to) {
        return Runs.whiteSpace(text, from, to, false, true);
      }
      start = from + 1;
      c = CharacterClasses.at(text, start);
      if ((c & SPACE) != 0) {
        return Runs.whiteSpace(text, from, to, false, true);
      }
    }
    int next = start + CharacterClasses.width(c);
    if ((c & LETTER) != 0) {
      return Runs.letters(text, next, to);
    }
    return Runs.skip(text, next, to, (c & NUMBER) != 0 ? NUMBER : OTHER | MARK);
  }
}
