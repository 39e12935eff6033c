package dev.tunebeam.launcher.deploy;

import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.launcher.http.Backoff;
import dev.tunebeam.launcher.http.RefusedException;
import dev.tunebeam.launcher.inference.Answer;
import dev.tunebeam.launcher.inference.Inference;
import dev.tunebeam.launcher.inference.InferenceRequest;
import dev.tunebeam.launcher.process.LauncherException;
import dev.tunebeam.launcher.process.Waiting;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Questions to a new deployment: waits if it is not ready although it says so, and asks nothing any
 * more when the budget for its hours is used up. Thread-safe.
 *
 * @param end null if the budget has no end
 */
public record DeployedInference(
    Inference inference, Backoff backoff, Waiting waiting, Clock clock, @Nullable Instant end)
    implements Inference {

  private static final String NOT_READY = "DeploymentNotReady";

  @Override
  public Answer answer(InferenceRequest request) {
    Instant giveUp = clock.instant().plus(backoff.patience());
    for (int attempt = 1; ; attempt++) {
      if (end != null && !clock.instant().isBefore(end)) {
        throw new LauncherException(
            ExitCode.OVER_BUDGET,
            "the deployment's hours have used up the budget; what is answered is saved, and the same"
                + " command with another --budget asks the rest");
      }
      try {
        return inference.answer(request);
      } catch (RefusedException e) {
        Duration delay = backoff.delay(attempt);
        if (!e.code().equals(NOT_READY) || clock.instant().plus(delay).isAfter(giveUp)) {
          throw e;
        }
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
