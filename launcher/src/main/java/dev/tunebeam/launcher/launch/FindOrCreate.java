package dev.tunebeam.launcher.launch;

import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.launcher.http.Backoff;
import dev.tunebeam.launcher.http.UncertainException;
import dev.tunebeam.launcher.process.LauncherException;
import dev.tunebeam.launcher.process.Waiting;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Uploads a file, looking it up before each attempt. Files cost nothing: one whose response was
 * lost is uploaded again as soon as a lookup does not show it. For what is billed, see {@link
 * Creation}.
 */
record FindOrCreate(Backoff backoff, Waiting waiting) {

  /** The resource, and whether it existed before. */
  record Found<T>(T thing, boolean adopted) {}

  /**
   * The resource, found or created.
   *
   * @param create throws {@link UncertainException} if it is unknown whether it was created
   */
  <T> Found<T> have(Supplier<Optional<T>> find, Supplier<T> create) {
    Duration waited = Duration.ZERO;
    for (int attempt = 1; ; attempt++) {
      Optional<T> there = find.get();
      if (there.isPresent()) {
        return new Found<>(there.get(), attempt == 1);
      }
      try {
        return new Found<>(create.get(), false);
      } catch (UncertainException e) {
        Duration delay = longer(backoff.delay(attempt), e.asked());
        waited = waited.plus(delay);
        if (waited.compareTo(backoff.patience()) > 0) {
          throw new LauncherException(
              ExitCode.TRY_LATER,
              e.text()
                  + "; run the same command later: it checks whether the request took"
                  + " effect and resumes",
              e);
        }
        pause(waiting, e.text() + "; then checking whether the request took effect", delay);
      }
    }
  }

  static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? other : one;
  }

  static void pause(Waiting waiting, String why, Duration time) {
    waiting.announce(why, time);
    try {
      waiting.sleep(time);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new LauncherException(ExitCode.TRY_LATER, "interrupted while waiting", interrupted);
    }
  }
}
