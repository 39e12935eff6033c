package dev.tunebeam.launcher.launch;

import dev.tunebeam.launcher.ExitCode;
import dev.tunebeam.launcher.LauncherException;
import dev.tunebeam.launcher.http.Backoff;
import dev.tunebeam.launcher.http.UncertainException;
import dev.tunebeam.launcher.http.Waiting;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Makes a thing at a provider that must not be there twice, over an API that gives no help with it:
 * looks before each attempt, and after an answer that was lost looks again.
 */
record Once(Backoff backoff, Waiting waiting) {

  /** What is there, and whether it was before. */
  record Found<T>(T thing, boolean adopted) {}

  /**
   * The thing, found or made.
   *
   * @param create throws {@link UncertainException} if it may have been made or not
   */
  <T> Found<T> have(Supplier<Optional<T>> find, Supplier<T> create) {
    Duration waited = Duration.ZERO;
    boolean tried = false;
    for (int attempt = 1; ; attempt++) {
      Optional<T> there = find.get();
      if (there.isPresent()) {
        return new Found<>(there.get(), !tried);
      }
      try {
        return new Found<>(create.get(), false);
      } catch (UncertainException e) {
        tried = true;
        Duration delay = backoff.delay(attempt, RandomGenerator.getDefault());
        waited = waited.plus(delay);
        if (waited.compareTo(backoff.patience()) > 0) {
          throw e;
        }
        waiting.announce(e.text() + "; then looking whether it took effect", delay);
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
