package dev.tunebeam.dataset;

/** A model that the catalogue does not have; the message is for a person and names the nearest. */
public final class UnknownModelException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UnknownModelException(String message) {
    super(message);
  }
}
