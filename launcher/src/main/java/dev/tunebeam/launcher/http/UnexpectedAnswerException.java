package dev.tunebeam.launcher.http;

/**
 * A successful response whose body is not what the API's schema promises. It is not believed:
 * {@link Http} treats it like a lost response.
 */
public final class UnexpectedAnswerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what is missing or wrong, such as {@code no list 'data'}
   */
  public UnexpectedAnswerException(String message) {
    super(message);
  }
}
