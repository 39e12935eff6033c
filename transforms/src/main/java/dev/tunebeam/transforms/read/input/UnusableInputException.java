package dev.tunebeam.transforms.read.input;

/**
 * The input as it was named cannot be read: nothing matches, a file cannot be opened, or its format
 * cannot be told. The message names the file and says what to do; a job ends with it as wrong use.
 */
public final class UnusableInputException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  public UnusableInputException(String message) {
    super(message);
  }

  public UnusableInputException(String message, Throwable cause) {
    super(message, cause);
  }
}
