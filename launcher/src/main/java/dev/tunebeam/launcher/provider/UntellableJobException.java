package dev.tunebeam.launcher.provider;

import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.launcher.process.LauncherException;

/** A list of jobs that cannot tell, now or later, whether a job is that of a run. */
public final class UntellableJobException extends LauncherException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message which job, and what to do
   */
  public UntellableJobException(String message) {
    super(ExitCode.REFUSED, message);
  }
}
