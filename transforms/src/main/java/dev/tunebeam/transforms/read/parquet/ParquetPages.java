package dev.tunebeam.transforms.read.parquet;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.compress.CodecPool;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.Decompressor;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.CodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.jspecify.annotations.Nullable;

/** Parquet's own decompressors, with a maximum page size. */
final class ParquetPages implements CompressionCodecFactory {

  /** Largest page after decompression, 256 MiB; writers make pages of about 1 MiB. */
  static final int LARGEST_PAGE = 256 << 20;

  private final Codecs codecs = new Codecs();
  private final Map<CompressionCodecName, Limited> decompressors =
      new EnumMap<>(CompressionCodecName.class);

  /** Gives access to the codecs. */
  private static final class Codecs extends CodecFactory {

    Codecs() {
      super(new Configuration(), 0);
    }

    @Nullable CompressionCodec of(CompressionCodecName name) {
      return getCodec(name);
    }
  }

  @Override
  public BytesInputCompressor getCompressor(CompressionCodecName name) {
    return codecs.getCompressor(name);
  }

  @Override
  public BytesInputDecompressor getDecompressor(CompressionCodecName name) {
    return decompressors.computeIfAbsent(name, this::decompressor);
  }

  private Limited decompressor(CompressionCodecName name) {
    CompressionCodec codec = codecs.of(name);
    return new Limited(
        codec == null
            ? codecs.getDecompressor(name)
            : new WholePages(codec, CodecPool.getDecompressor(codec)));
  }

  @Override
  public void release() {
    decompressors.values().forEach(Limited::release);
    decompressors.clear();
    codecs.release();
  }

  /**
   * Reads a page to its end, but not longer: corrupt ones make some codecs return no byte for ever,
   * for which Parquet waits.
   */
  private record WholePages(CompressionCodec codec, @Nullable Decompressor decompressor)
      implements BytesInputDecompressor {

    @Override
    public BytesInput decompress(BytesInput bytes, int size) throws IOException {
      if (decompressor != null) {
        decompressor.reset();
      }
      byte[] page = new byte[size];
      try (InputStream in = codec.createInputStream(bytes.toInputStream(), decompressor)) {
        for (int at = 0; at < size; ) {
          int count = in.read(page, at, size - at);
          if (count <= 0) {
            throw new IOException(
                String.format(Locale.ROOT, "a page of %,d bytes has only %,d", size, at));
          }
          at += count;
        }
      }
      return BytesInput.from(page);
    }

    @Override
    public void decompress(ByteBuffer in, int packed, ByteBuffer out, int size) throws IOException {
      out.put(decompress(BytesInput.from(in), size).toByteArray());
    }

    @Override
    public void release() {
      CodecPool.returnDecompressor(decompressor);
    }
  }

  /** Checks the size before allocating memory. */
  private record Limited(BytesInputDecompressor codec) implements BytesInputDecompressor {

    @Override
    public BytesInput decompress(BytesInput bytes, int size) throws IOException {
      check(size);
      return codec.decompress(bytes, size);
    }

    @Override
    public void decompress(ByteBuffer in, int packed, ByteBuffer out, int size) throws IOException {
      check(size);
      codec.decompress(in, packed, out, size);
    }

    @Override
    public void release() {
      codec.release();
    }

    private static void check(int size) throws IOException {
      if (size < 0 || size > LARGEST_PAGE) {
        throw new IOException(
            String.format(
                Locale.ROOT, "a page unpacks to %,d bytes, more than %,d", size, LARGEST_PAGE));
      }
    }
  }
}
