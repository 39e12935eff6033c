package dev.tunebeam.transforms.normalize.dialect;

import dev.tunebeam.transforms.row.Reason;
import dev.tunebeam.transforms.row.RejectException;

/** Thrown for a conversation whose last message is not the assistant's. */
public final class UnansweredException extends RejectException {

  private static final long serialVersionUID = 1L;

  UnansweredException(String message) {
    super(Reason.BAD_MESSAGES, message);
  }
}
