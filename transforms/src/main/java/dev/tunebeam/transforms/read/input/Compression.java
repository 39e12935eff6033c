package dev.tunebeam.transforms.read.input;

import com.github.luben.zstd.ZstdInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/** The compression of a file; concatenated members and frames are read as one. */
public enum Compression {
  NONE(1),
  /** Strict, unlike {@code java.util.zip}: garbage after a member is an error, not the end. */
  GZIP(4),
  BZIP2(5),
  ZSTD(4);

  private final int ratio;

  Compression(int ratio) {
    this.ratio = ratio;
  }

  /**
   * Estimated bytes of text per compressed byte, to plan shards: a fixed round figure for prose, so
   * that the plan depends on file sizes alone.
   */
  int ratio() {
    return ratio;
  }

  /**
   * The compression by the first bytes of a file; not bzip2, whose signature is plain text ("BZh").
   */
  public static Compression byMagic(byte[] head, int length) {
    if (length >= 3 && head[0] == 0x1f && head[1] == (byte) 0x8b && head[2] == 8) {
      return GZIP;
    }
    boolean zstd =
        length >= 4
            && head[0] == 0x28
            && head[1] == (byte) 0xb5
            && head[2] == 0x2f
            && head[3] == (byte) 0xfd;
    return zstd ? ZSTD : NONE;
  }

  /**
   * Decompresses a stream; holds no more than a window of it in memory.
   *
   * @throws IOException if the data does not begin with the signature of this compression
   */
  public InputStream decompress(InputStream in) throws IOException {
    return switch (this) {
      case NONE -> in;
      case GZIP ->
          new Salvage(
              GzipCompressorInputStream.builder()
                  .setInputStream(in)
                  .setDecompressConcatenated(true)
                  .get());
      case BZIP2 -> new Salvage(new BZip2CompressorInputStream(in, true));
      case ZSTD -> new ZstdInputStream(in);
    };
  }
}
