package dev.tunebeam.transforms.read.parquet;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Locale;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.util.HadoopCodecs;

/** Parquet's own decompressors, with a maximum page size. */
final class ParquetPages implements CompressionCodecFactory {

  /** Largest page after decompression, 256 MiB; writers make pages of about 1 MiB. */
  static final int LARGEST_PAGE = 256 << 20;

  private final CompressionCodecFactory codecs = HadoopCodecs.newFactory(0);

  @Override
  public BytesInputCompressor getCompressor(CompressionCodecName name) {
    return codecs.getCompressor(name);
  }

  @Override
  public BytesInputDecompressor getDecompressor(CompressionCodecName name) {
    return new Limited(codecs.getDecompressor(name));
  }

  @Override
  public void release() {
    codecs.release();
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
