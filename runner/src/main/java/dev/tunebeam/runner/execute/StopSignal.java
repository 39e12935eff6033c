package dev.tunebeam.runner.execute;

import dev.tunebeam.runner.spill.SpillException;
import java.io.UncheckedIOException;
import java.util.concurrent.CancellationException;
import org.apache.beam.sdk.util.UserCodeException;
import org.jspecify.annotations.Nullable;

/** Tells all workers of a job to stop, and why: the first failure or a cancellation. */
final class StopSignal {

  private final Runnable interruptWorkers;
  private volatile boolean stopped;
  private @Nullable Throwable failure;

  StopSignal(Runnable interruptWorkers) {
    this.interruptWorkers = interruptWorkers;
  }

  /** Throws if the job is to stop; cheap. */
  void check() {
    if (stopped) {
      throw new CancellationException("the job was stopped");
    }
  }

  boolean isStopped() {
    return stopped;
  }

  /** The first failure; null if there was none, or if the job was cancelled before it. */
  synchronized @Nullable Throwable failure() {
    return failure;
  }

  /** Notes why the job fails, unless it was stopped before. */
  void fail(Throwable thrown) {
    synchronized (this) {
      if (stopped) {
        return;
      }
      failure = causeOf(thrown);
      stopped = true;
    }
    interruptWorkers.run();
  }

  void cancel() {
    synchronized (this) {
      stopped = true;
    }
    interruptWorkers.run();
  }

  /** Without the wrappings that Beam or this runner needs on the way up. */
  private static Throwable causeOf(Throwable thrown) {
    Throwable cause = thrown.getCause();
    if (cause != null
        && (thrown instanceof UserCodeException
            || (thrown instanceof UncheckedIOException && cause instanceof SpillException))) {
      return causeOf(cause);
    }
    return thrown;
  }
}
