package dev.tunebeam.transforms.row;

/**
 * Thrown by the pure logic of a stage when a row cannot go on; the stage turns it into a {@link
 * Rejected}. It has no stack trace: a million bad rows cost no more than a million good ones.
 */
public class RejectException extends RuntimeException {

  private final Reason reason;

  public RejectException(Reason reason, String message) {
    super(message, null, false, false);
    this.reason = reason;
  }

  public final Reason reason() {
    return reason;
  }

  @Override
  public final String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
