package dev.tunebeam.transforms.read.input;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Byte order marks: bytes at the beginning of a file that identify its encoding. */
public final class ByteOrderMark {

  private ByteOrderMark() {}

  /** The encoding by the first bytes of a file, or null. */
  public static @Nullable String charset(byte[] head) {
    if (begins(head, 0xEF, 0xBB, 0xBF)) {
      return "UTF-8";
    }
    // UTF-32 first: its little-endian mark begins with that of UTF-16.
    if (begins(head, 0xFF, 0xFE, 0, 0)) {
      return "UTF-32LE";
    }
    if (begins(head, 0, 0, 0xFE, 0xFF)) {
      return "UTF-32BE";
    }
    if (begins(head, 0xFF, 0xFE)) {
      return "UTF-16LE";
    }
    return begins(head, 0xFE, 0xFF) ? "UTF-16BE" : null;
  }

  /** Drops the UTF-8 mark, which transcoded files have too. */
  public static void dropUtf8(ByteWindow window) throws IOException {
    if (window.has(2)
        && begins(new byte[] {window.at(0), window.at(1), window.at(2)}, 0xEF, 0xBB, 0xBF)) {
      window.drop(3);
    }
  }

  private static boolean begins(byte[] head, int... mark) {
    if (head.length < mark.length) {
      return false;
    }
    for (int i = 0; i < mark.length; i++) {
      if ((head[i] & 0xFF) != mark[i]) {
        return false;
      }
    }
    return true;
  }
}
