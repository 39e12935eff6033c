package dev.tunebeam.runner.spill;

import java.io.IOException;
import java.nio.file.Path;

/** Values could not be written to a temporary file, or not be read back. */
public final class SpillException extends IOException {

  SpillException(String verb, Path folder, IOException cause) {
    super(
        "cannot %s the spill folder %s: %s. Free space there, or name another folder with --spillLocation."
            .formatted(verb, folder, reason(cause)),
        cause);
  }

  private static String reason(IOException cause) {
    String message = cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : message;
  }
}
