package dev.tunebeam.transforms.row;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.VarIntCoder;

/** Encodes a {@link Rejected} field by field, enums by name. Deterministic. */
final class RejectedCoder extends AtomicCoder<Rejected> {

  private static final long serialVersionUID = 1L;
  private static final RejectedCoder INSTANCE = new RejectedCoder();

  private RejectedCoder() {}

  static RejectedCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(Rejected value, OutputStream out) throws IOException {
    TextCoder text = TextCoder.of();
    SourceCoder.of().encode(value.source(), out);
    VarIntCoder.of().encode(value.ordinal(), out);
    text.encode(value.step().name(), out);
    text.encode(value.reason().name(), out);
    text.encode(value.message(), out);
    text.encode(value.raw(), out);
  }

  @Override
  public Rejected decode(InputStream in) throws IOException {
    TextCoder text = TextCoder.of();
    return new Rejected(
        SourceCoder.of().decode(in),
        VarIntCoder.of().decode(in),
        Step.valueOf(text.decode(in)),
        Reason.valueOf(text.decode(in)),
        text.decode(in),
        text.decode(in));
  }
}
