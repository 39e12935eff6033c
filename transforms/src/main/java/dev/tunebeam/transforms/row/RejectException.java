package dev.tunebeam.transforms.row;

/**
 * Thrown by the pure logic of a stage to reject a row; the stage turns it into a {@link Rejected}.
 * It has no stack trace: a million rejected rows cost no more than a million valid ones.
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
