package dev.tunebeam.pipelines.recipe;

/** Thrown on wrong use of a command. The message is one line, all that the user sees. */
public final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception with a message for the user. */
  public UsageException(String message) {
    super(message);
  }
}
