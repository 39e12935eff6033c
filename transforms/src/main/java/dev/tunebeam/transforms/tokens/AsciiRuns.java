package dev.tunebeam.transforms.tokens;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Finds the end of a run of ASCII letters, eight bytes at a time and without a branch a byte: words
 * end at every length, which no branch prediction learns.
 */
final class AsciiRuns {

  /** How many bytes past the end of a text are read, and have no meaning. */
  static final int READ_AHEAD = 8;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final long CASE_BITS = 0x2020202020202020L;

  /** Added to seven bits, the high bit is set from 'a' on. */
  private static final long FROM_A = 0x1F1F1F1F1F1F1F1FL;

  /** Added to seven bits, the high bit is set beyond 'z'. */
  private static final long BEYOND_Z = 0x0505050505050505L;

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
    long sevenBits = bytes & ~HIGH_BITS;
    long is = (sevenBits + FROM_A) & ~(sevenBits + BEYOND_Z) & ~bytes & HIGH_BITS;
    return Long.numberOfTrailingZeros(is ^ HIGH_BITS) >>> 3;
  }
}
