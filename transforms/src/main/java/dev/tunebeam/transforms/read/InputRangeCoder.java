package dev.tunebeam.transforms.read;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.util.VarInt;

/** An {@link InputRange} as its parts, enums by name. Deterministic. */
public final class InputRangeCoder extends AtomicCoder<InputRange> {

  private static final long serialVersionUID = 1L;
  private static final InputRangeCoder INSTANCE = new InputRangeCoder();

  private InputRangeCoder() {}

  public static InputRangeCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(InputRange value, OutputStream out) throws IOException {
    TextCoder text = TextCoder.of();
    VarInt.encode(value.file(), out);
    VarInt.encode(value.range(), out);
    text.encode(value.path(), out);
    text.encode(value.format().name(), out);
    text.encode(value.compression().name(), out);
    text.encode(value.charset(), out);
    VarInt.encode(value.start(), out);
    VarInt.encode(value.end(), out);
  }

  @Override
  public InputRange decode(InputStream in) throws IOException {
    TextCoder text = TextCoder.of();
    return new InputRange(
        VarInt.decodeInt(in),
        VarInt.decodeInt(in),
        text.decode(in),
        InputFormat.valueOf(text.decode(in)),
        Compression.valueOf(text.decode(in)),
        text.decode(in),
        VarInt.decodeLong(in),
        VarInt.decodeLong(in));
  }
}
