package dev.tunebeam.transforms.read.input;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Decodes the bytes of a row strictly: invalid bytes are detected, not replaced. */
public final class RowDecoder {

  private static final char REPLACEMENT = '\uFFFD';

  private final Charset charset;
  private final String fileCharset;
  private final boolean transcoded;

  /**
   * @param fileCharset the encoding of the file; transcoded files are UTF-8
   */
  RowDecoder(String fileCharset) {
    this.fileCharset = fileCharset;
    this.transcoded = Transcoder.isNeededFor(fileCharset);
    this.charset = transcoded ? StandardCharsets.UTF_8 : Charset.forName(fileCharset);
  }

  /** Whether the bytes of a row are UTF-8. */
  public boolean utf8() {
    return charset.equals(StandardCharsets.UTF_8);
  }

  /** The text, or null if the bytes are invalid. */
  public @Nullable String decode(byte[] bytes, int offset, int length) {
    String text = lenient(bytes, offset, length);
    // Fast path: only a text with a replacement character can have been malformed.
    if (text.indexOf(REPLACEMENT) < 0) {
      return text;
    }
    try {
      strict().decode(ByteBuffer.wrap(bytes, offset, length));
      return text;
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  /** The text with U+FFFD for invalid bytes. */
  public String lenient(byte[] bytes, int offset, int length) {
    return new String(bytes, offset, length, charset);
  }

  /** The error message: where {@link #decode} failed and what to do. */
  public String problem(byte[] bytes, int offset, int length) {
    String advice = "; if the file is in another charset, name it with the setting charset";
    if (transcoded) {
      return "the row holds bytes that are not " + fileCharset + advice;
    }
    ByteBuffer in = ByteBuffer.wrap(bytes, offset, length);
    CharsetDecoder decoder = strict();
    CharBuffer out = CharBuffer.allocate(1024);
    CoderResult result = decoder.decode(in, out, true);
    while (result.isOverflow()) {
      out.clear();
      result = decoder.decode(in, out, true);
    }
    return String.format(
        Locale.ROOT,
        "byte 0x%02X, number %d of the row, is not %s%s",
        bytes[in.position()],
        in.position() - offset + 1,
        fileCharset,
        advice);
  }

  private CharsetDecoder strict() {
    return charset
        .newDecoder()
        .onMalformedInput(CodingErrorAction.REPORT)
        .onUnmappableCharacter(CodingErrorAction.REPORT);
  }
}
