package dev.tunebeam.transforms.read.input;

import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.compress.compressors.CompressorInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A stream that returns all that a decompressor produced before it failed: a failing read has
 * already filled part of the buffer, and the rows in it are valid.
 */
final class Salvage extends InputStream {

  private final CompressorInputStream in;
  private @Nullable IOException failure;

  Salvage(CompressorInputStream in) {
    this.in = in;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (failure != null) {
      throw failure;
    }
    long before = in.getBytesRead();
    try {
      return in.read(target, offset, length);
    } catch (IOException e) {
      failure = e;
      long made = in.getBytesRead() - before;
      if (made > 0) {
        return Math.toIntExact(made);
      }
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
