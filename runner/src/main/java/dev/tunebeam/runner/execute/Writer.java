package dev.tunebeam.runner.execute;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.beam.sdk.values.WindowedValue;

/** Takes elements into storage. */
abstract class Writer implements Receiver {

  private final StopSignal signal;

  Writer(StopSignal signal) {
    this.signal = signal;
  }

  @Override
  public final void accept(WindowedValue<Object> value) {
    try {
      write(value);
    } catch (IOException e) {
      // The function that put out the element may catch it: an element would be lost.
      signal.fail(e);
      throw new UncheckedIOException(e);
    } catch (RuntimeException e) {
      signal.fail(e);
      throw e;
    }
  }

  abstract void write(WindowedValue<Object> value) throws IOException;

  /** To be called behind the last element. */
  abstract void finish() throws IOException;
}
