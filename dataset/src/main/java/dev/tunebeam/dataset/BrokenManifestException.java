package dev.tunebeam.dataset;

import org.jspecify.annotations.Nullable;

/** An invalid manifest; the message is for the user and names the file. */
public final class BrokenManifestException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  BrokenManifestException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
