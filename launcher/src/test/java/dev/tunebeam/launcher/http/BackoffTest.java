package dev.tunebeam.launcher.http;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tunebeam.launcher.process.LauncherException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BackoffTest {

  private static final Duration HOUR = Duration.ofHours(1);

  /** A source whose share of the jitter is the same each time. */
  private static Random jitter(double share) {
    return new Random() {
      private static final long serialVersionUID = 1L;

      @Override
      public double nextDouble() {
        return share;
      }
    };
  }

  @Test
  void eachDelayIsTwiceTheOneBeforeUpToAMinute() {
    Backoff backoff = new Backoff(Duration.ofSeconds(1), HOUR, HOUR, jitter(0));
    List<Long> seconds =
        IntStream.rangeClosed(1, 8)
            .mapToObj(repetition -> backoff.delay(repetition).toSeconds())
            .toList();
    assertThat(seconds, contains(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L));
  }

  @Test
  void theJitterShortensByAQuarterAtMost() {
    assertThat(
        new Backoff(Duration.ofSeconds(4), HOUR, HOUR, jitter(1)).delay(1),
        is(Duration.ofSeconds(3)));
  }

  @Property
  void aDelayIsNeverNothingAndNeverOverAMinute(
      @ForAll @IntRange(min = 1) int repetition, @ForAll @IntRange(min = 1) int millis) {
    Duration delay =
        new Backoff(Duration.ofMillis(millis), HOUR, HOUR, new Random(repetition))
            .delay(repetition);
    assertTrue(delay.toMillis() >= 1 && delay.compareTo(Duration.ofMinutes(1)) <= 0);
  }

  @Test
  void aDelayOfNothingWouldBeAHammer() {
    LauncherException e =
        assertThrows(
            LauncherException.class, () -> new Backoff(Duration.ZERO, HOUR, HOUR, jitter(0)));
    assertThat(
        e.text(), is("--retryDelay and --settle must be above 0 and --patience not below 0"));
  }
}
