package dev.tunebeam.launcher.command;

import static dev.tunebeam.launcher.process.LauncherException.wrongUse;

import java.time.Duration;
import picocli.CommandLine.Option;

/** The flag for following a job. */
final class FollowOptions {

  @Option(
      names = "--poll",
      paramLabel = "TIME",
      defaultValue = "10s",
      description = "Polling interval (${DEFAULT-VALUE}).")
  private Duration poll = Duration.ZERO;

  /** The polling interval. */
  Duration poll() {
    if (poll.isZero()) {
      throw wrongUse("--poll must be above 0");
    }
    return poll;
  }
}
