package dev.tunebeam.pipelines.prepare;

import dev.tunebeam.dataset.terminal.ExitCode;

/** Thrown when a job ends without a dataset. The message is for the user. */
public final class JobFailedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final ExitCode exitCode;

  public JobFailedException(ExitCode exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  public ExitCode exitCode() {
    return exitCode;
  }
}
