package dev.tunebeam.tokens;

/** A tokenizer.json that is invalid or not supported; the message says why. */
public final class UnsupportedTokenizerException extends IllegalArgumentException {

  private static final long serialVersionUID = 1;

  UnsupportedTokenizerException(String message) {
    super(message);
  }

  UnsupportedTokenizerException(String message, Throwable cause) {
    super(message, cause);
  }
}
