package dev.tunebeam.launcher.http;

import static dev.tunebeam.launcher.process.LauncherException.wrongUse;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Exponential backoff: the first delay, doubled for each retry up to a minute, with up to 25 %
 * jitter. A {@code Retry-After} of the provider is honoured in full.
 *
 * @param first the first delay
 * @param patience the total retry time, after which the command ends with {@code TRY_LATER}
 * @param settling how long a billable request without a believable answer may still take effect; no
 *     other is sent before
 * @param random of the jitter
 */
public record Backoff(
    Duration first, Duration patience, Duration settling, RandomGenerator random) {

  private static final Duration LONGEST = Duration.ofMinutes(1);
  private static final double JITTER = 0.25;

  /** Rejects negative times. */
  public Backoff {
    if (first.isNegative()
        || first.isZero()
        || patience.isNegative()
        || settling.isNegative()
        || settling.isZero()) {
      throw wrongUse("--retryDelay and --settle must be above 0 and --patience not below 0");
    }
  }

  /**
   * The delay before a retry.
   *
   * @param repetition the number of the retry, from 1
   */
  public Duration delay(int repetition) {
    double factor = Math.pow(2, Math.min(repetition - 1, 30));
    double millis = Math.min((double) LONGEST.toMillis(), first.toMillis() * factor);
    return Duration.ofMillis(Math.max(1, (long) (millis * (1 - JITTER * random.nextDouble()))));
  }
}
