package dev.tunebeam.dataset;

/** A model that is not in the catalogue; the message is for the user and suggests similar names. */
public final class UnknownModelException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UnknownModelException(String message) {
    super(message);
  }
}
