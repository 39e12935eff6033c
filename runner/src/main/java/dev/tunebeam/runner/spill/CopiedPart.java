package dev.tunebeam.runner.spill;

import java.io.ByteArrayInputStream;
import java.io.InputStream;

/** The few values of a small fragment. */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record CopiedPart(byte[] encoded, long count) implements Part {

  @Override
  public long bytes() {
    return encoded.length;
  }

  @Override
  public InputStream open() {
    return new ByteArrayInputStream(encoded);
  }
}
