package dev.tunebeam.transforms.read.input;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * The stored bytes of a file. Storage failures are {@link UncheckedIOException}s, to distinguish
 * them from the errors of decompressors and parsers.
 */
public final class StoredBytes extends FilterInputStream {

  public StoredBytes(InputStream in) {
    super(in);
  }

  @Override
  public int read() throws IOException {
    try {
      return super.read();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    try {
      return super.read(target, offset, length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
