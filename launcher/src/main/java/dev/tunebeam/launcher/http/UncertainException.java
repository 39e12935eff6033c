package dev.tunebeam.launcher.http;

import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.launcher.process.LauncherException;
import org.jspecify.annotations.Nullable;

/**
 * A request that must not be repeated blindly got no answer that tells whether it took effect.
 * Whoever sent it looks what is there before trying again.
 */
public final class UncertainException extends LauncherException {
  private static final long serialVersionUID = 1L;

  /**
   * Nobody knows.
   *
   * @param message what happened; without a secret
   */
  public UncertainException(String message, @Nullable Throwable cause) {
    super(ExitCode.TRY_LATER, message, cause);
  }
}
