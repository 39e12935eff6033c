package dev.tunebeam.transforms.tokens;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Remembers the counts of short pieces: a table of a fixed size in which a newer piece takes the
 * place of an older one. An entry is two longs: 14 bytes of the piece, its length and its count.
 */
final class PieceCache {

  /** The longest piece that is remembered, in bytes. */
  static final int MAX_LENGTH = 14;

  /** How many bytes are read from where a piece begins, whatever its length. */
  static final int READ_AHEAD = 16;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int COUNT_SHIFT = 56;
  private static final long COUNT_MASK = 0xFFL << COUNT_SHIFT;
  private static final int LENGTH_SHIFT = 48;

  /** By length: the bits of the first and of the second eight bytes that belong to the piece. */
  private static final long[] FIRST = new long[MAX_LENGTH + 1];

  private static final long[] SECOND = new long[MAX_LENGTH + 1];

  static {
    for (int length = 1; length <= MAX_LENGTH; length++) {
      FIRST[length] = length < 8 ? (1L << (8 * length)) - 1 : -1L;
      SECOND[length] = length < 8 ? 0 : (1L << (8 * (length - 8))) - 1;
    }
  }

  private final long[] entries;
  private final int shift;

  /** A cache of {@code 1 << bits} pieces, 16 bytes each. */
  PieceCache(int bits) {
    entries = new long[2 << bits];
    shift = 64 - bits;
  }

  /**
   * The count of a piece of at most {@link #MAX_LENGTH} bytes; asks {@code encoder} if it is new.
   */
  int count(byte[] text, int from, int to, PieceEncoder encoder) {
    int length = to - from;
    long first = (long) LONGS.get(text, from) & FIRST[length];
    long second =
        ((long) LONGS.get(text, from + 8) & SECOND[length]) | ((long) length << LENGTH_SHIFT);
    long hash = ((first * 0x9E3779B97F4A7C15L) ^ second) * 0xD6E8FEB86659FD93L;
    int slot = (int) (hash >>> shift) * 2;
    long entry = entries[slot + 1];
    if (entries[slot] == first && (entry & ~COUNT_MASK) == second) {
      return (int) (entry >>> COUNT_SHIFT);
    }
    int count = encoder.count(text, from, to);
    entries[slot] = first;
    entries[slot + 1] = second | ((long) count << COUNT_SHIFT);
    return count;
  }
}
