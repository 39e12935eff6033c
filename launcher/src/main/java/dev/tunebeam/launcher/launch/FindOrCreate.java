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
 * Makes a thing at a provider that must not be there twice, over an API that gives no help with it:
 * looks before each attempt, and after an answer that was lost looks again.
 */
record FindOrCreate(Backoff backoff, Waiting waiting) {

  /** What is there, and whether it was before. */
  record Found<T>(T thing, boolean adopted) {}

  /**
   * The thing, found or made.
   *
   * @param create throws {@link UncertainException} if it may have been made or not
   * @param looks how often to look before something is made that may be there already: a list may
   *     lag behind
   * @param mayBeThere whether somebody may have tried before
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
              e.text() + "; the same command later looks whether it took effect and goes on",
              e);
        }
        pause(e.text() + "; then looking whether it took effect", delay);
      }
    }
  }

  /**
   * What is seen, looked at again while it is not enough.
   *
   * @param looks the most
   */
  <T> T look(Supplier<T> see, Predicate<T> enough, int looks) {
    for (int look = 1; ; look++) {
      T seen = see.get();
      if (look >= looks || enough.test(seen)) {
        return seen;
      }
      pause(
          "not in the provider's list, which may lag behind",
          backoff.delay(look, RandomGenerator.getDefault()));
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
