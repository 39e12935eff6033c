package dev.tunebeam.transforms.read;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.mozilla.universalchardet.UniversalDetector;

/**
 * Guesses the character encoding of a file without a byte order mark, by juniversalchardet. A pure
 * function of the file's first bytes; holds their text once.
 */
final class CharsetGuess {

  static final String UTF_8 = "UTF-8";

  /** What Windows and Excel write in Western Europe and America; short texts show no more. */
  private static final String USUAL = "windows-1252";

  /** One in so many bytes is 0 in UTF-16 of mostly ASCII characters, where it is one in two. */
  private static final int ZEROS = 5;

  private static final int CHARS_AT_ONCE = 1 << 12;

  private CharsetGuess() {}

  /**
   * The encoding, by a name that Java knows: UTF-8 unless the bytes are not, and all of them are
   * text in another one. UTF-8 with a few damaged characters is UTF-8.
   *
   * @param head the first bytes, which may end within a character
   */
  static String of(byte[] head) {
    List<String> candidates = new ArrayList<>();
    int[] zeros = new int[2];
    for (int i = 0; i < head.length; i++) {
      zeros[i & 1] += head[i] == 0 ? 1 : 0;
    }
    if (Math.max(zeros[0], zeros[1]) > head.length / ZEROS) {
      candidates.add(zeros[0] > zeros[1] ? "UTF-16BE" : "UTF-16LE");
    } else if (isUtf8(head)) {
      return UTF_8;
    } else {
      UniversalDetector detector = new UniversalDetector();
      detector.handleData(head, 0, head.length);
      detector.dataEnd();
      String detected = detector.getDetectedCharset();
      if (detected != null && Charset.isSupported(detected)) {
        candidates.add(Charset.forName(detected).name());
      }
      candidates.add(USUAL);
    }
    return candidates.stream()
        .filter(charset -> isTextIn(head, Charset.forName(charset)))
        .findFirst()
        .orElse(UTF_8);
  }

  /** Whether there are as many characters of several bytes as bytes that are none. */
  private static boolean isUtf8(byte[] head) {
    long characters = 0;
    long broken = 0;
    CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(head);
    CharBuffer out = CharBuffer.allocate(CHARS_AT_ONCE);
    while (true) {
      CoderResult result = utf8.decode(in, out, false);
      characters += out.flip().chars().filter(c -> c > 127).count();
      out.clear();
      if (result.isError()) {
        if (result.length() > 1) {
          characters++; // one that was cut off: its bytes seldom follow each other in other
          // encodings
        } else {
          broken++;
        }
        in.position(in.position() + result.length());
      } else if (result.isUnderflow()) {
        return broken <= characters;
      }
    }
  }

  /** Whether all bytes are characters, and none of them a control character. */
  private static boolean isTextIn(byte[] head, Charset charset) {
    CharsetDecoder decoder = charset.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(head);
    CharBuffer out = CharBuffer.allocate(CHARS_AT_ONCE);
    while (true) {
      CoderResult result = decoder.decode(in, out, false);
      boolean control =
          out.flip().chars().anyMatch(c -> Character.isISOControl(c) && "\t\n\f\r".indexOf(c) < 0);
      out.clear();
      if (control || result.isError()) {
        return false;
      }
      if (result.isUnderflow()) {
        return true;
      }
    }
  }
}
