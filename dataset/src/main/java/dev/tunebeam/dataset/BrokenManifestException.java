package dev.tunebeam.dataset;

import org.jspecify.annotations.Nullable;

/** A manifest that cannot be used; the message is for a person and names the file. */
public final class BrokenManifestException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  BrokenManifestException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
