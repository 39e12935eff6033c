package dev.tunebeam.launcher.provider;

import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.launcher.process.LauncherException;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when a shard is not what the manifest says, while it is read for an upload. Its request is
 * broken off before its last bytes, so the provider never has the file.
 */
public final class DatasetChangedException extends LauncherException {

  private static final long serialVersionUID = 1L;

  public DatasetChangedException(String message, @Nullable Throwable cause) {
    super(ExitCode.WRONG_USE, message, cause);
  }
}
