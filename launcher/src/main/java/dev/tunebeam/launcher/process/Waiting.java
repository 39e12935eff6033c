package dev.tunebeam.launcher.process;

import java.time.Duration;

/** Is told before each wait, and does the waiting. */
public interface Waiting {

  /** Returns when the time is over. */
  void sleep(Duration time) throws InterruptedException;

  /**
   * Is told why a request is repeated, before {@link #sleep}.
   *
   * @param why what happened, for the user
   */
  void announce(String why, Duration time);
}
