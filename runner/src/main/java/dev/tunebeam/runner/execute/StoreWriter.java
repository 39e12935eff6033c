package dev.tunebeam.runner.execute;

import dev.tunebeam.runner.spill.StoreBuffer;
import java.io.IOException;
import org.apache.beam.sdk.values.WindowedValue;

/** Writes elements, whole or their values only, as they come. */
final class StoreWriter<T> extends Writer {

  /** What is kept of an element. */
  interface Part<T> {
    T of(WindowedValue<Object> element);
  }

  private final StoreBuffer<T> buffer;
  private final Part<T> part;

  StoreWriter(StopSignal signal, StoreBuffer<T> buffer, Part<T> part) {
    super(signal);
    this.buffer = buffer;
    this.part = part;
  }

  @Override
  void write(WindowedValue<Object> value) throws IOException {
    buffer.add(part.of(value));
  }

  @Override
  void finish() {
    buffer.finish();
  }
}
