package dev.tunebeam.launcher.process;

import dev.tunebeam.dataset.terminal.ExitCode;
import org.jspecify.annotations.Nullable;

/** The end of a command: what to tell the user, and the exit code. The message holds no secret. */
public class LauncherException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final ExitCode exitCode;

  /** As {@link #LauncherException(ExitCode, String, Throwable)}, without a cause. */
  public LauncherException(ExitCode exitCode, String message) {
    this(exitCode, message, null);
  }

  /**
   * An end.
   *
   * @param message what went wrong and what to do, for the user
   */
  public LauncherException(ExitCode exitCode, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  /** A mistake of the user. */
  public static LauncherException wrongUse(String message) {
    return new LauncherException(ExitCode.WRONG_USE, message);
  }

  /** What the command ends with. */
  public ExitCode exitCode() {
    return exitCode;
  }

  /** The text for the user. */
  public String text() {
    return String.valueOf(getMessage());
  }
}
