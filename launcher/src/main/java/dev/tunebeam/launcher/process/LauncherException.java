package dev.tunebeam.launcher.process;

import dev.tunebeam.dataset.terminal.ExitCode;
import org.jspecify.annotations.Nullable;

/** Ends a command with a message for the user and an exit code. The message contains no key. */
public class LauncherException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final ExitCode exitCode;

  /** As {@link #LauncherException(ExitCode, String, Throwable)}, without a cause. */
  public LauncherException(ExitCode exitCode, String message) {
    this(exitCode, message, null);
  }

  /**
   * Creates the exception.
   *
   * @param message what went wrong and what to do, for the user
   */
  public LauncherException(ExitCode exitCode, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  /** A usage error. */
  public static LauncherException wrongUse(String message) {
    return new LauncherException(ExitCode.WRONG_USE, message);
  }

  /** The exit code. */
  public ExitCode exitCode() {
    return exitCode;
  }

  /** The message for the user. */
  public String text() {
    return String.valueOf(getMessage());
  }
}
