package dev.tunebeam.tokens;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A text as valid UTF-8 in a reused array, padded for reading ahead. A lone surrogate becomes
 * U+FFFD. Not thread-safe.
 */
final class Utf8Buffer {

  private static final int KEPT = 1 << 20;

  private byte[] bytes = new byte[1 << 10];

  /** The text's bytes, followed by padding. */
  byte[] bytes() {
    return bytes;
  }

  /** Sets a text; returns its length in bytes. */
  int set(CharSequence text) {
    int length = text.length();
    ensure(length);
    byte[] target = bytes;
    int i = 0;
    for (; i < length; i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        break;
      }
      target[i] = (byte) c;
    }
    return i == length ? length : setRest(text, i);
  }

  /** Sets a text in UTF-8; returns its length in bytes. Invalid bytes become U+FFFD. */
  int set(byte[] utf8, int from, int to) {
    if (!isValid(utf8, from, to)) {
      return set(new String(utf8, from, to - from, StandardCharsets.UTF_8));
    }
    ensure(to - from);
    System.arraycopy(utf8, from, bytes, 0, to - from);
    return to - from;
  }

  /** The text with each lone surrogate replaced by U+FFFD. */
  static String withoutLoneSurrogates(CharSequence text) {
    String string = text.toString();
    int length = string.length();
    int i = 0;
    while (i < length) {
      int codePoint = string.codePointAt(i);
      if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
        return string
            .codePoints()
            .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xFFFD : c)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
      }
      i += Character.charCount(codePoint);
    }
    return string;
  }

  /** Releases the memory of a very long text. */
  void trim() {
    if (bytes.length > KEPT) {
      bytes = new byte[1 << 10];
    }
  }

  private static boolean isValid(byte[] utf8, int from, int to) {
    int at = from;
    while (at < to) {
      int b = utf8[at];
      if (b >= 0) {
        at++;
        continue;
      }
      int width = b < (byte) 0xE0 ? 2 : b < (byte) 0xF0 ? 3 : 4;
      if (b < (byte) 0xC2 || b > (byte) 0xF4 || to - at < width) {
        return false;
      }
      for (int i = 1; i < width; i++) {
        if ((utf8[at + i] & 0xC0) != 0x80) {
          return false;
        }
      }
      // Overlong, a surrogate, or beyond U+10FFFF.
      int second = utf8[at + 1] & 0xFF;
      if ((b == (byte) 0xE0 && second < 0xA0)
          || (b == (byte) 0xED && second > 0x9F)
          || (b == (byte) 0xF0 && second < 0x90)
          || (b == (byte) 0xF4 && second > 0x8F)) {
        return false;
      }
      at += width;
    }
    return true;
  }

  private int setRest(CharSequence text, int asciiLength) {
    int length = text.length();
    int at = asciiLength;
    ensureRoom(at, length - asciiLength);
    byte[] target = bytes;
    for (int i = asciiLength; i < length; i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        target[at++] = (byte) c;
      } else if (c < 0x800) {
        target[at++] = (byte) (0xC0 | (c >> 6));
        target[at++] = (byte) (0x80 | (c & 0x3F));
      } else if (Character.isHighSurrogate(c)
          && i + 1 < length
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        int codePoint = Character.toCodePoint(c, text.charAt(++i));
        target[at++] = (byte) (0xF0 | (codePoint >> 18));
        target[at++] = (byte) (0x80 | ((codePoint >> 12) & 0x3F));
        target[at++] = (byte) (0x80 | ((codePoint >> 6) & 0x3F));
        target[at++] = (byte) (0x80 | (codePoint & 0x3F));
      } else {
        char valid = Character.isSurrogate(c) ? '\uFFFD' : c;
        target[at++] = (byte) (0xE0 | (valid >> 12));
        target[at++] = (byte) (0x80 | ((valid >> 6) & 0x3F));
        target[at++] = (byte) (0x80 | (valid & 0x3F));
      }
    }
    return at;
  }

  private void ensureRoom(int written, int chars) {
    // A char takes at most three bytes; a surrogate pair takes four.
    ensure(Math.addExact(written, Math.multiplyExact(3, chars)));
  }

  private void ensure(int length) {
    int wanted = Math.addExact(length, PieceCache.READ_AHEAD);
    if (bytes.length < wanted) {
      bytes = Arrays.copyOf(bytes, Math.max(wanted, Math.min(2 * bytes.length, KEPT)));
    }
  }
}
