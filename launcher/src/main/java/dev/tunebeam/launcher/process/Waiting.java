package dev.tunebeam.launcher.process;

import java.time.Duration;

/** Announces a wait and performs it. */
public interface Waiting {

  /** Sleeps for the time. */
  void sleep(Duration time) throws InterruptedException;

  /**
   * Announces a retry, before {@link #sleep}.
   *
   * @param why what happened, for the user
   */
  void announce(String why, Duration time);
}
