package dev.tunebeam.launcher.http;

import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.launcher.process.LauncherException;

/** The provider rejected a request; a retry does not help. */
public final class RefusedException extends LauncherException {
  private static final long serialVersionUID = 1L;
  private final int status;
  private final String code;

  RefusedException(int status, String code, String message) {
    super(ExitCode.REFUSED, message);
    this.status = status;
    this.code = code;
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** The provider's error code; empty if there is none. */
  public String code() {
    return code;
  }
}
