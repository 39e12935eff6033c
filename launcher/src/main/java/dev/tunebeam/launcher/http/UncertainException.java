package dev.tunebeam.launcher.http;

import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.launcher.process.LauncherException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * It is unknown whether a non-idempotent request took effect. The caller checks before retrying.
 */
public final class UncertainException extends LauncherException {
  private static final long serialVersionUID = 1L;
  private final Duration asked;

  /**
   * Creates the exception.
   *
   * @param message what happened, without the key
   */
  public UncertainException(String message, @Nullable Throwable cause) {
    this(message, cause, Duration.ZERO);
  }

  /**
   * As above, with the wait that the provider asked for.
   *
   * @param asked its {@code Retry-After}, zero if there is none
   */
  UncertainException(String message, @Nullable Throwable cause, Duration asked) {
    super(ExitCode.TRY_LATER, message, cause);
    this.asked = asked;
  }

  /** How long to wait at least before the next request; zero if the provider did not say. */
  public Duration asked() {
    return asked;
  }
}
