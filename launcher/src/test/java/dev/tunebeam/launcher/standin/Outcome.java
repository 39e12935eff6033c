package dev.tunebeam.launcher.standin;

import org.jspecify.annotations.Nullable;

/**
 * How a job ends.
 *
 * @param status succeeded, failed, cancelled; any other is a status in which it stays for ever
 * @param code of the error, for failed
 */
public record Outcome(
    String status, @Nullable String code, @Nullable String message, @Nullable String param) {

  /** With a model. */
  public static Outcome succeeded() {
    return new Outcome("succeeded", null, null, null);
  }

  /** With an error. */
  public static Outcome failed(String code, String message, @Nullable String param) {
    return new Outcome("failed", code, message, param);
  }

  /** By somebody else's hand. */
  public static Outcome cancelled() {
    return new Outcome("cancelled", null, null, null);
  }

  /** Never: it stays in this status. */
  public static Outcome stuck(String status) {
    return new Outcome(status, null, null, null);
  }
}
