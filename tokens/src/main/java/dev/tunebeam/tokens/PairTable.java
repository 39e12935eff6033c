package dev.tunebeam.tokens;

/**
 * The token that two tokens merge to: an open-addressed table of one long per entry, at most half
 * full. Most lookups are of pairs that do not merge; a bit filter that fits the CPU cache answers
 * nine in ten of them.
 */
final class PairTable {

  /** What {@link #get} returns for a pair that does not merge. */
  static final int NONE = -1;

  /** Tokens are less than this: three of them fit a long. */
  static final int MAX_TOKENS = 1 << 21;

  private static final int BITS = 21;
  private static final long TOKEN = MAX_TOKENS - 1;

  /** Bits of the filter per entry, as a power of two. */
  private static final int FILTER = 2;

  private final long[] entries;
  private final long[] filter;
  private final int shift;

  /** An empty table for up to {@code pairs} pairs. */
  PairTable(int pairs) {
    int bits = 33 - Integer.numberOfLeadingZeros(Math.max(pairs, 64) - 1);
    entries = new long[1 << bits];
    filter = new long[(1 << bits << FILTER) / Long.SIZE];
    shift = Long.SIZE - bits;
  }

  /** Adds a pair; {@code merged} is more than 0 and less than {@link #MAX_TOKENS}. */
  void put(int left, int right, int merged) {
    long key = key(left, right);
    long hash = hash(key);
    int bit = (int) (hash >>> (shift - FILTER));
    filter[bit >>> 6] |= 1L << bit;
    int slot = (int) (hash >>> shift);
    while (entries[slot] != 0) {
      slot = (slot + 1) & (entries.length - 1);
    }
    entries[slot] = (key << BITS) | merged;
  }

  int get(int left, int right) {
    long key = key(left, right);
    long hash = hash(key);
    int bit = (int) (hash >>> (shift - FILTER));
    if ((filter[bit >>> 6] & (1L << bit)) == 0) {
      return NONE;
    }
    int slot = (int) (hash >>> shift);
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

  private static long hash(long key) {
    return key * 0x9E3779B97F4A7C15L;
  }
}
