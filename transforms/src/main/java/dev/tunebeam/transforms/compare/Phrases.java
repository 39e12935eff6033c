package dev.tunebeam.transforms.compare;

import java.util.function.LongConsumer;

/**
 * The long phrases of a text: 13 words in a row, the measure of GPT-3's decontamination (Brown and
 * others, 2020), of which a character of a script without spaces counts half. A text between 8 and
 * 12 words is a phrase as a whole; shorter ones are too common.
 */
final class Phrases {

  /** In half words. */
  private static final int LONG = 26;

  private static final int SHORTEST = 16;
  private static final long WHOLE = 0x9E3779B97F4A7C15L;

  private Phrases() {}

  /** The hashes of the phrases of an example, turn by turn. */
  static void of(ComparedText text, LongConsumer out) {
    int[] turns = text.turns();
    if (turns.length == 0) {
      of(text.words(), 0, text.words().length, out);
    }
    for (int i = 0; i < turns.length; i++) {
      of(text.words(), turns[i], i + 1 < turns.length ? turns[i + 1] : text.words().length, out);
    }
  }

  /** The hashes of the phrases of one text, which words from an index on are. */
  static void of(int[] words, int from, int to, LongConsumer out) {
    int end = from;
    int size = 0;
    for (int start = from; start < to; start++) {
      while (end < to && size < LONG) {
        size += size(words[end++]);
      }
      if (size < LONG) {
        if (start == from && size >= SHORTEST) {
          out.accept(WHOLE ^ Shingles.hash(words, from, to));
        }
        return;
      }
      out.accept(Shingles.hash(words, start, end));
      size -= size(words[start]);
    }
  }

  private static int size(int word) {
    return Word.is(word, Word.DENSE) ? 1 : 2;
  }
}
