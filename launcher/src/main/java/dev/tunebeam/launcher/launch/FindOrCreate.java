package dev.tunebeam.launcher.launch;

import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.launcher.http.Backoff;
import dev.tunebeam.launcher.http.UncertainException;
import dev.tunebeam.launcher.process.LauncherException;
import dev.tunebeam.launcher.process.Waiting;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Creates a resource at most once over an API without idempotency keys: looks it up before each
 * attempt, and again after a lost response.
 */
record FindOrCreate(Backoff backoff, Waiting waiting) {

  /** The resource, and whether it existed before. */
  record Found<T>(T thing, boolean adopted) {}

  /**
   * The resource, found or created.
   *
   * @param create throws {@link UncertainException} if it is unknown whether it was created
   * @param looks lookups before creating a resource that may exist already: lists are eventually
   *     consistent
   * @param mayBeThere whether an earlier attempt may have created it
   */
  <T> Found<T> have(Supplier<Optional<T>> find, Supplier<T> create, int looks, boolean mayBeThere) {
    Duration waited = Duration.ZERO;
    boolean tried = false;
    for (int attempt = 1; ; attempt++) {
      Optional<T> there = look(find, Optional::isPresent, tried || mayBeThere ? looks : 1);
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
          throw new LauncherException(
              ExitCode.TRY_LATER,
              e.text()
                  + "; run the same command later: it checks whether the request took"
                  + " effect and resumes",
              e);
        }
        pause(e.text() + "; then checking whether the request took effect", delay);
      }
    }
  }

  /**
   * Repeats a lookup until its result is enough.
   *
   * @param looks maximum number of lookups
   */
  <T> T look(Supplier<T> see, Predicate<T> enough, int looks) {
    for (int look = 1; ; look++) {
      T seen = see.get();
      if (look >= looks || enough.test(seen)) {
        return seen;
      }
      pause("not in the provider's list yet", backoff.delay(look, RandomGenerator.getDefault()));
    }
  }

  private void pause(String why, Duration time) {
    waiting.announce(why, time);
    try {
      waiting.sleep(time);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new LauncherException(ExitCode.TRY_LATER, "interrupted while waiting", interrupted);
    }
  }
}
