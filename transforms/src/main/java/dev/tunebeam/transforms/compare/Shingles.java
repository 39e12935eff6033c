package dev.tunebeam.transforms.compare;

import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;
import java.util.Arrays;

/**
 * The shingles of a text: each three words in a row, or five characters of a script without spaces.
 * A shorter text is one shingle, so that two rows of two words are equal or different.
 */
final class Shingles {

  private static final Hasher64 HASHER = Hashing.wyhashFinal4(1);
  private static final int WORDS = 3;
  private static final int CHARACTERS = 5;

  private Shingles() {}

  /** The distinct shingles of the words before an end, as sorted hashes; none without a word. */
  static long[] of(int[] words, int end) {
    long[] all = new long[end];
    int size = 0;
    for (int i = 0; i < end; i++) {
      int width = width(words[i]);
      if (i + width <= end) {
        all[size++] = hash(words, i, i + width);
      }
    }
    if (size == 0 && end > 0) {
      all[size++] = hash(words, 0, end);
    }
    Arrays.sort(all, 0, size);
    int distinct = 0;
    for (int i = 0; i < size; i++) {
      if (i == 0 || all[i] != all[i - 1]) {
        all[distinct++] = all[i];
      }
    }
    return Arrays.copyOf(all, distinct);
  }

  /** The lowest shingle; the highest number without a word. */
  static long least(int[] words, int end) {
    long least = Long.MAX_VALUE;
    boolean isShort = true;
    for (int i = 0; i < end; i++) {
      int width = width(words[i]);
      if (i + width <= end) {
        least = Math.min(least, hash(words, i, i + width));
        isShort = false;
      }
    }
    return isShort && end > 0 ? hash(words, 0, end) : least;
  }

  private static int width(int word) {
    return Word.is(word, Word.DENSE) ? CHARACTERS : WORDS;
  }

  /** The hash of words in a row. */
  static long hash(int[] words, int from, int to) {
    if (to - from == WORDS) {
      return HASHER.hashIntIntIntToLong(
          Word.same(words[from]), Word.same(words[from + 1]), Word.same(words[from + 2]));
    }
    long hash = to - (long) from;
    for (int i = from; i < to; i++) {
      hash = HASHER.hashLongLongToLong(hash, Word.same(words[i]));
    }
    return hash;
  }

  /** The share of the shingles of either text that both have: Jaccard's similarity. */
  static double similarity(long[] a, long[] b) {
    int both = 0;
    int i = 0;
    int j = 0;
    while (i < a.length && j < b.length) {
      if (a[i] == b[j]) {
        both++;
        i++;
        j++;
      } else if (a[i] < b[j]) {
        i++;
      } else {
        j++;
      }
    }
    int either = a.length + b.length - both;
    return either == 0 ? 1 : (double) both / either;
  }
}
