package dev.tunebeam.transforms.row;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.util.VarInt;

/** Encodes a {@link RangeStats} as four numbers. Deterministic. */
final class RangeStatsCoder extends AtomicCoder<RangeStats> {

  private static final long serialVersionUID = 1L;
  private static final RangeStatsCoder INSTANCE = new RangeStatsCoder();

  private RangeStatsCoder() {}

  static RangeStatsCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(RangeStats value, OutputStream out) throws IOException {
    VarInt.encode(value.file(), out);
    VarInt.encode(value.range(), out);
    VarInt.encode(value.rows(), out);
    VarInt.encode(value.filtered(), out);
    VarInt.encode(value.positions(), out);
  }

  @Override
  public RangeStats decode(InputStream in) throws IOException {
    return new RangeStats(
        VarInt.decodeInt(in),
        VarInt.decodeInt(in),
        VarInt.decodeLong(in),
        VarInt.decodeLong(in),
        VarInt.decodeLong(in));
  }
}
