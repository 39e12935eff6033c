package dev.tunebeam.transforms.count;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * What the first bytes of an image file say. A pure function of the bytes; reads no pixels, and
 * nothing after the header.
 *
 * @param type PNG, JPEG, GIF or WEBP
 * @param width in pixels, at least 1
 * @param height in pixels, at least 1
 * @param isColour whether the pixels are RGB or RGBA: not grey, not of a palette, not CMYK
 */
record ImageHeader(Type type, int width, int height, boolean isColour) {

  /** The format of an image file. */
  enum Type {
    PNG,
    JPEG,
    GIF,
    WEBP
  }

  private static final int PNG_RGB = 2;
  private static final int PNG_RGBA = 6;
  private static final int JPEG_COLOURS = 3;
  private static final int FOURTEEN_BITS = 0x3FFF;

  /**
   * Reads the header of an image file.
   *
   * @return null if it is none of the four formats, ends early or has no size
   */
  static @Nullable ImageHeader read(InputStream bytes) {
    DataInputStream in = new DataInputStream(bytes);
    try {
      ImageHeader header = read(in, in.readInt());
      return header == null || header.width < 1 || header.height < 1 ? null : header;
    } catch (IOException | IllegalArgumentException e) {
      return null; // ends early, or is not Base64
    }
  }

  private static @Nullable ImageHeader read(DataInputStream in, int magic) throws IOException {
    return switch (magic) {
      case 0x89504E47 -> png(in);
      case 0x47494638 -> gif(in);
      case 0x52494646 -> webp(in);
      default -> magic >>> 8 == 0xFFD8FF ? jpeg(in, magic & 0xFF) : null;
    };
  }

  /** Source: the PNG specification, 11.2.1 IHDR. */
  private static ImageHeader png(DataInputStream in) throws IOException {
    in.skipNBytes(12); // the rest of the signature; length and name of IHDR
    int width = in.readInt();
    int height = in.readInt();
    in.skipNBytes(1); // bits of a sample
    int colour = in.readUnsignedByte();
    return new ImageHeader(Type.PNG, width, height, colour == PNG_RGB || colour == PNG_RGBA);
  }

  private static ImageHeader gif(DataInputStream in) throws IOException {
    in.skipNBytes(2); // the version
    int width = Short.toUnsignedInt(Short.reverseBytes(in.readShort()));
    int height = Short.toUnsignedInt(Short.reverseBytes(in.readShort()));
    return new ImageHeader(Type.GIF, width, height, false);
  }

  /** Skips segments up to the start of a frame. Source: ITU-T T.81, B.1.1. */
  private static ImageHeader jpeg(DataInputStream in, int firstMarker) throws IOException {
    int marker = firstMarker;
    while (!startsFrame(marker)) {
      boolean hasNoLength = marker == 0xFF || marker == 0x01 || (marker >= 0xD0 && marker <= 0xD8);
      if (!hasNoLength) {
        in.skipNBytes(in.readUnsignedShort() - 2L);
      }
      marker = in.readUnsignedByte();
      while (marker == 0xFF) {
        marker = in.readUnsignedByte();
      }
    }
    in.skipNBytes(3); // length, bits of a sample
    int height = in.readUnsignedShort();
    int width = in.readUnsignedShort();
    return new ImageHeader(Type.JPEG, width, height, in.readUnsignedByte() == JPEG_COLOURS);
  }

  /** SOF0 to SOF15 without DHT, JPG and DAC. */
  private static boolean startsFrame(int marker) {
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
  }

  /** Source: RFC 9649, for the three kinds of WebP files. */
  private static @Nullable ImageHeader webp(DataInputStream in) throws IOException {
    in.skipNBytes(4); // the size of the file
    byte[] name = in.readNBytes(8);
    if (name.length < 8) {
      throw new EOFException();
    }
    in.skipNBytes(4); // the size of the first chunk
    switch (new String(name, ISO_8859_1)) {
      case "WEBPVP8 " -> {
        in.skipNBytes(6); // frame tag and start code
        int width = Short.reverseBytes(in.readShort()) & FOURTEEN_BITS;
        int height = Short.reverseBytes(in.readShort()) & FOURTEEN_BITS;
        return new ImageHeader(Type.WEBP, width, height, true);
      }
      case "WEBPVP8L" -> {
        in.skipNBytes(1); // the signature
        int bits = Integer.reverseBytes(in.readInt());
        return new ImageHeader(
            Type.WEBP, (bits & FOURTEEN_BITS) + 1, ((bits >>> 14) & FOURTEEN_BITS) + 1, true);
      }
      case "WEBPVP8X" -> {
        in.skipNBytes(4); // flags
        int width = threeBytes(in) + 1;
        return new ImageHeader(Type.WEBP, width, threeBytes(in) + 1, true);
      }
      default -> {
        return null;
      }
    }
  }

  private static int threeBytes(DataInputStream in) throws IOException {
    return in.readUnsignedByte() | (in.readUnsignedByte() << 8) | (in.readUnsignedByte() << 16);
  }
}
