package dev.tunebeam.launcher.process;

import java.time.Duration;

/** Does not wait, so that a test of retries takes no time. */
public record Impatient() implements Waiting {

  @Override
  public void sleep(Duration time) {}

  @Override
  public void announce(String why, Duration time) {}
}
