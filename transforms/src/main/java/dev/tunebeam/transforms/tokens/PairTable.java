package dev.tunebeam.transforms.tokens;

/**
 * Which token two tokens merge to: an open-addressed table of one long an entry, at most half full.
 */
final class PairTable {

  /** What {@link #get} returns for a pair that does not merge. */
  static final int NONE = -1;

  /** Tokens are less than this: three of them fit a long. */
  static final int MAX_TOKENS = 1 << 21;

  private static final int BITS = 21;
  private static final long TOKEN = MAX_TOKENS - 1;

  private final long[] entries;
  private final int shift;

  /** An empty table for up to {@code pairs} pairs. */
  PairTable(int pairs) {
    int bits = 33 - Integer.numberOfLeadingZeros(Math.max(pairs, 8) - 1);
    entries = new long[1 << bits];
    shift = 64 - bits;
  }

  /** Adds a pair; {@code merged} is more than 0. */
  void put(int left, int right, int merged) {
    long key = key(left, right);
    int slot = slot(key);
    while (entries[slot] != 0) {
      slot = (slot + 1) & (entries.length - 1);
    }
    entries[slot] = (key << BITS) | merged;
  }

  int get(int left, int right) {
    long key = key(left, right);
    int slot = slot(key);
    long entry;
    while ((entry = entries[slot]) != 0) {
      if (entry >>> BITS == key) {
        return (int) (entry & TOKEN);
      }
      slot = (slot + 1) & (entries.length - 1);
    }
    return NONE;
  }

  private static long key(int left, int right) {
    return ((long) left << BITS) | right;
  }

  private int slot(long key) {
    return (int) ((key * 0x9E3779B97F4A7C15L) >>> shift);
  }
}
