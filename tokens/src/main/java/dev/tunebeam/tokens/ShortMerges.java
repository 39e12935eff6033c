package dev.tunebeam.tokens;

/**
 * Encodes a short piece by the definition of byte-pair encoding: scans all pairs for the one of the
 * lowest rank, until none is left. That is quadratic, but fastest up to some 30 bytes: the lookups
 * are independent of each other, while those of {@link PieceEncoder} are sequential. Not
 * thread-safe.
 */
final class ShortMerges {

  /** The longest piece. */
  static final int MAX_LENGTH = 32;

  private static final int PLACE_BITS = 6;
  private static final int PLACE = (1 << PLACE_BITS) - 1;

  /** More than any token, with room for a position. */
  private static final int NONE = 1 << 24;

  private final Vocabulary vocabulary;
  private final int[] tokens = new int[MAX_LENGTH + 1];

  /** The token that each token and the next merge to, which is also the merge's rank; or NONE. */
  private final int[] merged = new int[MAX_LENGTH + 1];

  ShortMerges(Vocabulary vocabulary) {
    this.vocabulary = vocabulary;
  }

  /** The number of tokens of 1 to {@link #MAX_LENGTH} bytes from {@code from} to {@code to}. */
  int count(byte[] text, int from, int to) {
    int count = to - from;
    for (int i = 0; i < count - 1; i++) {
      tokens[i] = vocabulary.single(text[from + i]);
      merged[i] = orNone(vocabulary.mergeBytes(text[from + i], text[from + i + 1]));
    }
    tokens[count - 1] = vocabulary.single(text[to - 1]);
    while (count > 1) {
      int lowest = NONE << PLACE_BITS;
      for (int i = 0; i < count - 1; i++) {
        lowest = Math.min(lowest, (merged[i] << PLACE_BITS) | i);
      }
      int token = lowest >>> PLACE_BITS;
      if (token == NONE) {
        return count;
      }
      count--;
      merge(lowest & PLACE, token, count);
    }
    return 1;
  }

  /** Replaces two tokens with one. */
  private void merge(int at, int token, int count) {
    tokens[at] = token;
    for (int i = at + 1; i < count; i++) {
      tokens[i] = tokens[i + 1];
      merged[i] = merged[i + 1];
    }
    if (at > 0) {
      merged[at - 1] = orNone(vocabulary.merge(tokens[at - 1], token));
    }
    if (at + 1 < count) {
      merged[at] = orNone(vocabulary.merge(token, tokens[at + 1]));
    }
  }

  private static int orNone(int token) {
    return token == PairTable.NONE ? NONE : token;
  }
}
