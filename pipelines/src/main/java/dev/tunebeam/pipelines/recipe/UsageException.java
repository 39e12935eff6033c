package dev.tunebeam.pipelines.recipe;

/** Wrong use of a command. The message is one line, the whole text for the user. */
public final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With the text for the user. */
  public UsageException(String message) {
    super(message);
  }
}
