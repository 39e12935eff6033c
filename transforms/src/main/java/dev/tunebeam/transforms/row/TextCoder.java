package dev.tunebeam.transforms.row;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.util.VarInt;

/**
 * Encodes a text as its length and UTF-8. Unlike Beam's own coder it preserves unpaired surrogates,
 * which a JSON escape can produce: such a text is written as UTF-16. Deterministic.
 */
final class TextCoder extends AtomicCoder<String> {

  private static final long serialVersionUID = 1L;
  private static final TextCoder INSTANCE = new TextCoder();

  private TextCoder() {}

  static TextCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(String value, OutputStream out) throws IOException {
    boolean wide = hasLoneSurrogate(value);
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    if (wide) {
      bytes = new byte[value.length() * 2];
      for (int i = 0; i < value.length(); i++) {
        bytes[2 * i] = (byte) (value.charAt(i) >> 8);
        bytes[2 * i + 1] = (byte) value.charAt(i);
      }
    }
    // The lowest bit selects the encoding.
    VarInt.encode(((long) bytes.length << 1) | (wide ? 1 : 0), out);
    out.write(bytes);
  }

  @Override
  public String decode(InputStream in) throws IOException {
    long header = VarInt.decodeLong(in);
    byte[] bytes = new byte[Math.toIntExact(header >> 1)];
    new DataInputStream(in).readFully(bytes);
    if ((header & 1) == 0) {
      return new String(bytes, StandardCharsets.UTF_8);
    }
    char[] chars = new char[bytes.length / 2];
    for (int i = 0; i < chars.length; i++) {
      chars[i] = (char) ((bytes[2 * i] << 8) | (bytes[2 * i + 1] & 0xFF));
    }
    return new String(chars);
  }

  private static boolean hasLoneSurrogate(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        boolean pair =
            Character.isHighSurrogate(c)
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
        if (!pair) {
          return true;
        }
        i++;
      }
    }
    return false;
  }
}
