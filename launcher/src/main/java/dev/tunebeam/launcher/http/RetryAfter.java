package dev.tunebeam.launcher.http;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** The header {@code Retry-After}: seconds or a date. */
final class RetryAfter {

  private RetryAfter() {}

  /** The wait that is asked for; null if there is no valid header. */
  static @Nullable Duration of(Response response, Clock clock) {
    String value = response.header("Retry-After");
    if (value == null) {
      return null;
    }
    try {
      if (value.strip().matches("\\d{1,9}(\\.\\d+)?")) {
        return Duration.ofMillis((long) Math.ceil(Double.parseDouble(value.strip()) * 1000));
      }
      Instant until = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      Duration wait = Duration.between(clock.instant(), until);
      return wait.isNegative() ? Duration.ZERO : wait;
    } catch (DateTimeException e) {
      return null;
    }
  }
}
