package dev.tunebeam.pipelines;

/** A job that ended without a dataset. The message is for the user. */
final class JobFailedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final ExitCode exitCode;

  JobFailedException(ExitCode exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  ExitCode exitCode() {
    return exitCode;
  }
}
