package dev.tunebeam.transforms.compare;

import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;
import java.util.Arrays;

/** The letters of one word after the other, in UTF-16, without a string for each. */
final class Letters {

  private static final Hasher64 HASHER = Hashing.wyhashFinal4();
  private static final String NOT = "n't";

  private byte[] bytes = new byte[128];
  private int size;

  /** The hash of a word. */
  static long hash(String word) {
    Letters letters = new Letters();
    letters.append(word);
    return letters.hash();
  }

  void clear() {
    size = 0;
  }

  void append(String text) {
    for (int i = 0; i < text.length(); i++) {
      put(text.charAt(i));
    }
  }

  void append(int codePoint) {
    if (Character.isBmpCodePoint(codePoint)) {
      put((char) codePoint);
    } else {
      put(Character.highSurrogate(codePoint));
      put(Character.lowSurrogate(codePoint));
    }
  }

  private void put(char letter) {
    if (size == bytes.length) {
      bytes = Arrays.copyOf(bytes, 2 * size);
    }
    bytes[size++] = (byte) letter;
    bytes[size++] = (byte) (letter >> 8);
  }

  long hash() {
    return HASHER.hashBytesToLong(bytes, 0, size);
  }

  /** Whether it is an English contraction of "not". */
  boolean endsWithNot() {
    int from = size - 2 * NOT.length();
    if (from < 0) {
      return false;
    }
    for (int i = 0; i < NOT.length(); i++) {
      if (bytes[from + 2 * i] != NOT.charAt(i) || bytes[from + 2 * i + 1] != 0) {
        return false;
      }
    }
    return true;
  }
}
