package dev.tunebeam.launcher.http;

import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.launcher.process.LauncherException;

/** The provider's final no. */
public final class RefusedException extends LauncherException {
  private static final long serialVersionUID = 1L;
  private final int status;
  private final String code;

  RefusedException(int status, String code, String message) {
    super(ExitCode.REFUSED, message);
    this.status = status;
    this.code = code;
  }

  /** The status of HTTP. */
  public int status() {
    return status;
  }

  /** The provider's own name of the error; empty where it gave none. */
  public String code() {
    return code;
  }
}
