package dev.tunebeam.launcher.http;

import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.launcher.process.LauncherException;
import org.jspecify.annotations.Nullable;

/**
 * It is unknown whether a non-idempotent request took effect. The caller checks before retrying.
 */
public final class UncertainException extends LauncherException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened, without the key
   */
  public UncertainException(String message, @Nullable Throwable cause) {
    super(ExitCode.TRY_LATER, message, cause);
  }
}
