package dev.tunebeam.transforms.row;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderException;
import org.apache.beam.sdk.coders.StructuredCoder;

/** Encodes an {@link Outcome}: one byte for which of the three it is, then its content. */
public final class OutcomeCoder<T> extends StructuredCoder<Outcome<T>> {

  private static final long serialVersionUID = 1L;

  private static final int VALUE = 0;
  private static final int REJECTED = 1;
  private static final int STATS = 2;

  private final Coder<T> valueCoder;

  private OutcomeCoder(Coder<T> valueCoder) {
    this.valueCoder = valueCoder;
  }

  public static <T> OutcomeCoder<T> of(Coder<T> valueCoder) {
    return new OutcomeCoder<>(valueCoder);
  }

  @Override
  public void encode(Outcome<T> outcome, OutputStream out) throws IOException {
    T value = outcome.value();
    Rejected rejected = outcome.rejected();
    RangeStats stats = outcome.stats();
    if (value != null) {
      out.write(VALUE);
      valueCoder.encode(value, out);
    } else if (rejected != null) {
      out.write(REJECTED);
      RejectedCoder.of().encode(rejected, out);
    } else if (stats != null) {
      out.write(STATS);
      RangeStatsCoder.of().encode(stats, out);
    }
  }

  @Override
  public Outcome<T> decode(InputStream in) throws IOException {
    int kind = in.read();
    return switch (kind) {
      case VALUE -> Outcome.of(valueCoder.decode(in));
      case REJECTED -> Outcome.rejected(RejectedCoder.of().decode(in));
      case STATS -> Outcome.stats(RangeStatsCoder.of().decode(in));
      default -> throw new CoderException("no outcome begins with " + kind);
    };
  }

  @Override
  public List<? extends Coder<?>> getCoderArguments() {
    return List.of(valueCoder);
  }

  /** As deterministic as the value's coder. */
  @Override
  public void verifyDeterministic() throws NonDeterministicException {
    valueCoder.verifyDeterministic();
  }
}
