package dev.tunebeam.tokens;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Finds the end of a run of ASCII letters, eight bytes at a time and without a branch per byte,
 * because word lengths defeat branch prediction.
 */
final class AsciiRuns {

  /** Bytes that are read past the end of a text, whatever they are. */
  static final int READ_AHEAD = 16;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final long CASE_BITS = 0x2020202020202020L;

  /** Added to seven bits, the high bit is set from 'a' on. */
  private static final long FROM_A = 0x1F1F1F1F1F1F1F1FL;

  /** Added to seven bits, the high bit is set beyond 'z'. */
  private static final long BEYOND_Z = 0x0505050505050505L;

  private static final long FROM_0 = 0x5050505050505050L;
  private static final long BEYOND_9 = 0x4646464646464646L;
  private static final long FROM_BLANK = 0x6060606060606060L;
  private static final long BEYOND_BLANK = 0x5F5F5F5F5F5F5F5FL;
  private static final long FROM_TAB = 0x7777777777777777L;
  private static final long BEYOND_CR = 0x7272727272727272L;

  private AsciiRuns() {}

  /** Eight bytes from {@code at}, the first the lowest. */
  static long eight(byte[] text, int at) {
    return (long) LONGS.get(text, at);
  }

  /** How many of the bytes, from the lowest on, are A to Z or a to z: 0 to 8. */
  static int letters(long bytes) {
    return lower(bytes | CASE_BITS);
  }

  /** How many of the bytes, from the lowest on, are a to z, the first also A to Z: 0 to 8. */
  static int name(long bytes) {
    return lower(bytes | 0x20);
  }

  /**
   * How many of the 16 bytes at {@code at} are A to Z or a to z, from the first on; the first
   * counts whatever it is: 1 to 16. Without a branch.
   */
  static int word(byte[] text, int at) {
    int first = Long.numberOfTrailingZeros(notLower(eight(text, at) | CASE_BITS) & ~0xFFL) >>> 3;
    int second = letters(eight(text, at + Long.BYTES));
    // The second eight count if all of the first do.
    return first + (second & -(first >>> 3));
  }

  /** How many of the bytes, from the lowest on, are spaces: 0 to 8. */
  static int blanks(long bytes) {
    return Long.numberOfTrailingZeros(bytes ^ CASE_BITS) >>> 3;
  }

  /** How many of the bytes, from the lowest on, are neither letters, digits nor whitespace. */
  static int others(long bytes) {
    long sevenBits = bytes & ~HIGH_BITS;
    long lowered = sevenBits | CASE_BITS;
    long letter = (lowered + FROM_A) & ~(lowered + BEYOND_Z);
    long digit = (sevenBits + FROM_0) & ~(sevenBits + BEYOND_9);
    long blank = (sevenBits + FROM_BLANK) & ~(sevenBits + BEYOND_BLANK);
    long control = (sevenBits + FROM_TAB) & ~(sevenBits + BEYOND_CR);
    long not = (letter | digit | blank | control | bytes) & HIGH_BITS;
    return Long.numberOfTrailingZeros(not) >>> 3;
  }

  /** The end of the run of A to Z and a to z from {@code from}; {@code to} at most. */
  static int letters(byte[] text, int from, int to) {
    int at = from;
    while (at < to) {
      int length = letters(eight(text, at));
      at += length;
      if (length < Long.BYTES) {
        break;
      }
    }
    return Math.min(at, to);
  }

  /** The end of the run of a to z from {@code from}; {@code to} at most. */
  static int lowerCase(byte[] text, int from, int to) {
    int at = from;
    while (at < to) {
      int length = lower(eight(text, at));
      at += length;
      if (length < Long.BYTES) {
        break;
      }
    }
    return Math.min(at, to);
  }

  /** How many of the bytes, from the lowest on, are a to z: 0 to 8. */
  private static int lower(long bytes) {
    return Long.numberOfTrailingZeros(notLower(bytes)) >>> 3;
  }

  /** The high bit of each byte that is not a to z. */
  private static long notLower(long bytes) {
    long sevenBits = bytes & ~HIGH_BITS;
    return (~(sevenBits + FROM_A) | (sevenBits + BEYOND_Z) | bytes) & HIGH_BITS;
  }
}
