package dev.tunebeam.launcher.inference;

import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.launcher.process.LauncherException;

/** A prompt that was not answered: an error or nothing in the response, or a refusal. */
public final class UnansweredException extends LauncherException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what the response was instead
   */
  public UnansweredException(String message) {
    super(ExitCode.TRY_LATER, message);
  }
}
