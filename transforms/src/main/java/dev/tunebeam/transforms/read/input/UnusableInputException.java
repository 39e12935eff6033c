package dev.tunebeam.transforms.read.input;

/**
 * Thrown if the input cannot be read as given: nothing matches, a file cannot be opened, or its
 * format cannot be detected. The message names the file and says what to do; the job ends with a
 * usage error.
 */
public class UnusableInputException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  public UnusableInputException(String message) {
    super(message);
  }

  public UnusableInputException(String message, Throwable cause) {
    super(message, cause);
  }
}
