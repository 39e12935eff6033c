package dev.tunebeam.tokens;

/**
 * Caches the counts of pieces in two tables of fixed size, in which a new piece evicts an older
 * one. An entry of the first is two longs for a piece of up to 14 bytes, which most are; of the
 * second four longs for up to 30 bytes. The last long also holds length and count, so the whole
 * piece is compared. In the first, a piece evicts the one of two entries that was not used last: of
 * 5,000 words, five times fewer are missed than with one. Not thread-safe.
 */
final class PieceCache {

  /** Bytes that are read past the end of a text, whatever they are. */
  static final int READ_AHEAD = 32;

  private static final int SHORT = 14;
  private static final int LONG = 30;

  /** 2 MB and 0.5 MB, which fit CPU caches; smaller ones miss too often. */
  private static final int SHORT_BITS = 17;

  private static final int LONG_BITS = 14;

  private static final int COUNT_SHIFT = 56;
  private static final long COUNT_MASK = 0xFFL << COUNT_SHIFT;
  private static final int LENGTH_SHIFT = 48;

  private static final long FACTOR = 0x9E3779B97F4A7C15L;
  private static final long OTHER_FACTOR = 0xD6E8FEB86659FD93L;

  /** By length up to 8: the bits that belong to a piece. */
  private static final long[] MASK = new long[Long.BYTES + 1];

  static {
    for (int length = 1; length < Long.BYTES; length++) {
      MASK[length] = (1L << (8 * length)) - 1;
    }
    MASK[Long.BYTES] = -1L;
  }

  private final PieceEncoder encoder;
  private final long[] shorter;
  private final long[] longer = new long[4 << LONG_BITS];

  /** A cache preloaded with {@code pieces}; misses go to {@code encoder}. */
  PieceCache(PieceEncoder encoder, KnownPieces pieces) {
    this(encoder, pieces.entries().clone());
  }

  private PieceCache(PieceEncoder encoder, long[] shorter) {
    this.encoder = encoder;
    this.shorter = shorter;
  }

  /**
   * The initial content of caches: 2 MB, immutable.
   *
   * @param entries of the first table
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record KnownPieces(long[] entries) {

    /**
     * The tokens that are short enough, since most words of a text are tokens. Of those that share
     * a pair of entries, the first two, which are the most frequent.
     */
    static KnownPieces of(TokenList list, PieceEncoder encoder) {
      PieceCache cache = new PieceCache(encoder, new long[2 << SHORT_BITS]);
      byte[] piece = new byte[SHORT + READ_AHEAD];
      for (int token = Math.min(list.size(), 1 << SHORT_BITS) - 1; token >= 0; token--) {
        int length = list.length(token);
        if (length <= SHORT) {
          System.arraycopy(list.bytes(), list.starts()[token], piece, 0, length);
          cache.count(piece, 0, length);
        }
      }
      return new KnownPieces(cache.shorter);
    }
  }

  /** The count of the piece from {@code from} to {@code to}. */
  int count(byte[] text, int from, int to) {
    int length = to - from;
    if (length <= SHORT) {
      return countShorter(text, from, length);
    }
    return length <= LONG ? countLonger(text, from, length) : encoder.count(text, from, to);
  }

  private int countShorter(byte[] text, int from, int length) {
    long first = AsciiRuns.eight(text, from) & MASK[Math.min(length, Long.BYTES)];
    long second =
        (AsciiRuns.eight(text, from + 8) & MASK[Math.max(length - 8, 0)])
            | ((long) length << LENGTH_SHIFT);
    long hash = ((first * FACTOR) ^ second) * OTHER_FACTOR;
    int slot = (int) (hash >>> (65 - SHORT_BITS)) * 4;
    long known = shorter[slot + 1];
    if (shorter[slot] == first && (known & ~COUNT_MASK) == second) {
      return (int) (known >>> COUNT_SHIFT);
    }
    long other = shorter[slot + 3];
    boolean isOther = shorter[slot + 2] == first && (other & ~COUNT_MASK) == second;
    int count = isOther ? (int) (other >>> COUNT_SHIFT) : encoder.count(text, from, from + length);
    shorter[slot + 2] = shorter[slot];
    shorter[slot + 3] = known;
    shorter[slot] = first;
    shorter[slot + 1] = second | ((long) count << COUNT_SHIFT);
    return count;
  }

  private int countLonger(byte[] text, int from, int length) {
    long first = AsciiRuns.eight(text, from);
    long second = AsciiRuns.eight(text, from + 8) & MASK[Math.min(length - 8, Long.BYTES)];
    int rest = length - 16;
    long third = AsciiRuns.eight(text, from + 16) & MASK[Math.max(0, Math.min(rest, Long.BYTES))];
    long fourth =
        (AsciiRuns.eight(text, from + 24) & MASK[Math.max(rest - 8, 0)])
            | ((long) length << LENGTH_SHIFT);
    long hash = ((((first * FACTOR) ^ second) * OTHER_FACTOR) ^ third) * FACTOR;
    hash = (hash ^ (hash >>> 32) ^ fourth) * OTHER_FACTOR;
    int slot = (int) (hash >>> (64 - LONG_BITS)) * 4;
    long known = longer[slot + 3];
    if ((known & ~COUNT_MASK) == fourth
        && longer[slot] == first
        && longer[slot + 1] == second
        && longer[slot + 2] == third) {
      return (int) (known >>> COUNT_SHIFT);
    }
    int count = encoder.count(text, from, from + length);
    longer[slot] = first;
    longer[slot + 1] = second;
    longer[slot + 2] = third;
    longer[slot + 3] = fourth | ((long) count << COUNT_SHIFT);
    return count;
  }
}
