package dev.tunebeam.transforms.read.input;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Transcodes a stream to UTF-8, from encodings in which line breaks and quotes cannot be found byte
 * by byte, such as UTF-16 or Shift_JIS. Invalid bytes become the byte 0xFF, which is invalid in
 * UTF-8 too, so that only their row is rejected.
 */
public final class Transcoder extends InputStream {

  private static final byte NO_TEXT = (byte) 0xFF;

  private final InputStream in;
  private final CharsetDecoder decoder;
  private final ByteBuffer source = ByteBuffer.allocate(1 << 15).flip();
  private final CharBuffer chars = CharBuffer.allocate(1 << 14);
  private ByteBuffer encoded = ByteBuffer.allocate(0);
  private boolean sourceEnded;
  private boolean ended;

  public Transcoder(InputStream in, Charset charset) {
    this.in = in;
    this.decoder =
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
  }

  /** True unless every byte below 128 always stands for its ASCII character. */
  public static boolean isNeededFor(String charset) {
    Charset named = Charset.forName(charset);
    if (named.equals(StandardCharsets.UTF_8)) {
      return false;
    }
    byte[] ascii = new byte[128];
    for (int i = 0; i < ascii.length; i++) {
      ascii[i] = (byte) i;
    }
    boolean singleByte = named.canEncode() && named.newEncoder().maxBytesPerChar() == 1f;
    return !singleByte
        || !new String(ascii, named).equals(new String(ascii, StandardCharsets.US_ASCII));
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (!encoded.hasRemaining()) {
      if (ended) {
        return -1;
      }
      decodeMore();
    }
    int count = Math.min(length, encoded.remaining());
    encoded.get(target, offset, count);
    return count;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  private void decodeMore() throws IOException {
    CoderResult result = decoder.decode(source, chars, sourceEnded);
    if (result.isError()) {
      source.position(source.position() + result.length());
      encode(true);
    } else if (result.isOverflow() || chars.position() > 0) {
      encode(false);
    } else if (sourceEnded) {
      ended = true;
    } else {
      fillSource();
    }
  }

  private void fillSource() throws IOException {
    source.compact();
    int count = in.read(source.array(), source.position(), source.remaining());
    if (count < 0) {
      sourceEnded = true;
    } else {
      source.position(source.position() + count);
    }
    source.flip();
  }

  private void encode(boolean error) {
    chars.flip();
    byte[] text = chars.toString().getBytes(StandardCharsets.UTF_8);
    chars.clear();
    ByteBuffer next = ByteBuffer.allocate(text.length + 1).put(text);
    if (error) {
      next.put(NO_TEXT);
    }
    encoded = next.flip();
  }
}
