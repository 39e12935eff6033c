package dev.tunebeam.transforms.row;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.util.VarInt;

/** Encodes a {@link Source} as three numbers. Deterministic. */
final class SourceCoder extends AtomicCoder<Source> {

  private static final long serialVersionUID = 1L;
  private static final SourceCoder INSTANCE = new SourceCoder();

  private SourceCoder() {}

  static SourceCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(Source value, OutputStream out) throws IOException {
    VarInt.encode(value.file(), out);
    VarInt.encode(value.range(), out);
    VarInt.encode(value.row(), out);
  }

  @Override
  public Source decode(InputStream in) throws IOException {
    return new Source(VarInt.decodeInt(in), VarInt.decodeInt(in), VarInt.decodeInt(in));
  }
}
