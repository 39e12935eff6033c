package dev.tunebeam.tokens;

import java.util.Arrays;

/**
 * Character classes for the splitters, as bits: one byte per code point of Unicode 16, 1.1 MB per
 * JVM. Looked up directly from UTF-8.
 */
final class CharacterClasses {

  /** Lu and Lt. */
  static final int UPPER = 1;

  /** Ll. */
  static final int LOWER = 1 << 1;

  /** Lm and Lo. */
  static final int CASELESS = 1 << 2;

  /** Mn, Mc and Me. */
  static final int MARK = 1 << 3;

  /** Nd, Nl and No. */
  static final int NUMBER = 1 << 4;

  /** White_Space. */
  static final int SPACE = 1 << 5;

  /** CR and LF; they are SPACE, too. */
  static final int NEWLINE = 1 << 6;

  /** None of the above. */
  static final int OTHER = 1 << 7;

  /** All of L. */
  static final int LETTER = UPPER | LOWER | CASELESS;

  private static final int WIDTH_SHIFT = 8;

  private static final byte[] TABLE = load();

  private CharacterClasses() {}

  /** The class bits of a code point. */
  static int of(int codePoint) {
    return TABLE[codePoint] & 0xFF;
  }

  /**
   * The class bits of the character that begins at {@code at} in valid UTF-8, and above them its
   * width in bytes; see {@link #width}.
   */
  static int at(byte[] text, int at) {
    int b = text[at];
    if (b >= 0) {
      return (TABLE[b] & 0xFF) | (1 << WIDTH_SHIFT);
    }
    if (b < (byte) 0xE0) {
      return (TABLE[((b & 0x1F) << 6) | (text[at + 1] & 0x3F)] & 0xFF) | (2 << WIDTH_SHIFT);
    }
    if (b < (byte) 0xF0) {
      int codePoint = ((b & 0xF) << 12) | ((text[at + 1] & 0x3F) << 6) | (text[at + 2] & 0x3F);
      return (TABLE[codePoint] & 0xFF) | (3 << WIDTH_SHIFT);
    }
    int codePoint =
        ((b & 0x7) << 18)
            | ((text[at + 1] & 0x3F) << 12)
            | ((text[at + 2] & 0x3F) << 6)
            | (text[at + 3] & 0x3F);
    return (TABLE[codePoint] & 0xFF) | (4 << WIDTH_SHIFT);
  }

  /** The width in bytes from the result of {@link #at}. */
  static int width(int classAndWidth) {
    return classAndWidth >>> WIDTH_SHIFT;
  }

  private static byte[] load() {
    byte[] table = new byte[Character.MAX_CODE_POINT + 1];
    UnicodeCategories.forEach(
        (first, end, category) -> Arrays.fill(table, first, end, (byte) ofCategory(category)));
    // White_Space beyond Z: the controls.
    for (char c : new char[] {'\t', '\n', 0x0B, '\f', '\r', 0x85}) {
      table[c] = SPACE;
    }
    table['\r'] |= NEWLINE;
    table['\n'] |= NEWLINE;
    return table;
  }

  private static int ofCategory(String category) {
    return switch (category) {
      case "Lu", "Lt" -> UPPER;
      case "Ll" -> LOWER;
      case "Lm", "Lo" -> CASELESS;
      case "Mn", "Mc", "Me" -> MARK;
      case "Nd", "Nl", "No" -> NUMBER;
      case "Zs", "Zl", "Zp" -> SPACE;
      default -> OTHER;
    };
  }
}
