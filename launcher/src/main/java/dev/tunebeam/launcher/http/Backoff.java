package dev.tunebeam.launcher.http;

import static dev.tunebeam.launcher.process.LauncherException.wrongUse;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before a request is repeated: the first delay, then twice as long each time up
 * to a minute, each shortened by up to a quarter so that clients that failed together do not come
 * back together. A wait that the provider asks for is kept to in full.
 *
 * @param first the first delay
 * @param patience how long to go on in all, before the command ends with {@code TRY_LATER}
 */
public record Backoff(Duration first, Duration patience) {

  private static final Duration LONGEST = Duration.ofMinutes(1);
  private static final double JITTER = 0.25;

  /** Refuses what is no time. */
  public Backoff {
    if (first.isNegative() || first.isZero() || patience.isNegative()) {
      throw wrongUse("--retryDelay must be above 0 and --patience not below 0");
    }
  }

  /**
   * The delay before a repetition.
   *
   * @param repetition 1 for the first
   */
  public Duration delay(int repetition, RandomGenerator random) {
    double factor = Math.pow(2, Math.min(repetition - 1, 30));
    double millis = Math.min((double) LONGEST.toMillis(), first.toMillis() * factor);
    return Duration.ofMillis(Math.max(1, (long) (millis * (1 - JITTER * random.nextDouble()))));
  }
}
