package dev.tunebeam.launcher.inference;

import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.launcher.http.Backoff;
import dev.tunebeam.launcher.process.LauncherException;
import dev.tunebeam.launcher.process.Waiting;
import java.time.Duration;

/** Sends a prompt that was not answered again, {@value #TRIES} times in all. Thread-safe. */
public record RepeatedInference(Inference inference, Backoff backoff, Waiting waiting)
    implements Inference {

  private static final int TRIES = 3;

  /**
   * {@inheritDoc}
   *
   * @throws UnansweredException if none of the responses is an answer
   */
  @Override
  public Answer answer(InferenceRequest request) {
    for (int attempt = 1; ; attempt++) {
      try {
        return inference.answer(request);
      } catch (UnansweredException e) {
        if (attempt == TRIES) {
          throw e;
        }
        Duration delay = backoff.delay(attempt);
        waiting.announce(e.text(), delay);
        try {
          waiting.sleep(delay);
        } catch (InterruptedException interrupted) {
          Thread.currentThread().interrupt();
          throw new LauncherException(ExitCode.TRY_LATER, "interrupted while waiting", interrupted);
        }
      }
    }
  }
}
