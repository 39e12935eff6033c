package dev.tunebeam.tokens;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * GPT-2's mapping of bytes to characters in a byte-level vocabulary: printable bytes of Latin-1 map
 * to themselves, the others to U+0100 and on, in order.
 */
final class ByteAlphabet {

  private static final char[] CHARACTERS = new char[256];
  private static final short[] BYTES = new short[512];

  static {
    Arrays.fill(BYTES, (short) -1);
    char next = 256;
    for (int b = 0; b < 256; b++) {
      boolean printable = (b > ' ' && b <= '~') || (b > 0xA0 && b != 0xAD);
      CHARACTERS[b] = printable ? (char) b : next++;
      BYTES[CHARACTERS[b]] = (short) b;
    }
  }

  private ByteAlphabet() {}

  /** The bytes of a token; null if one of its characters maps to no byte. */
  static byte @Nullable [] bytes(String token) {
    byte[] bytes = new byte[token.length()];
    for (int i = 0; i < bytes.length; i++) {
      char c = token.charAt(i);
      if (c >= BYTES.length || BYTES[c] < 0) {
        return null;
      }
      bytes[i] = (byte) BYTES[c];
    }
    return bytes;
  }

  /** The character of a byte. */
  static String character(int b) {
    return String.valueOf(CHARACTERS[b & 0xFF]);
  }
}
