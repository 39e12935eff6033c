package dev.tunebeam.transforms.read.input;

import dev.tunebeam.dataset.Whitespace;
import dev.tunebeam.transforms.row.Reason;

/** Thrown if the text of a row cannot be parsed; says why and, if known, where in the text. */
public final class RowException extends Exception {

  private static final long serialVersionUID = 1L;

  private final Reason reason;
  private final boolean local;
  private final int line;
  private final int column;

  private RowException(Reason reason, String problem, boolean local, int line, int column) {
    super(problem, null, false, false);
    this.reason = reason;
    this.local = local;
    this.line = line;
    this.column = column;
  }

  /** The syntax is valid, but the content is refused. */
  public static RowException refused(Reason reason, String problem) {
    return new RowException(reason, problem, true, 0, 0);
  }

  /**
   * The syntax is broken at a position, both 1-based, so that the end of the row is uncertain too.
   */
  public static RowException broken(Reason reason, String problem, int line, int column) {
    return new RowException(reason, problem, false, line, column);
  }

  /** A library's message, on one line. */
  public static String problem(Throwable e) {
    Throwable cause = e;
    while (cause.getMessage() == null && cause.getCause() != null) {
      cause = cause.getCause();
    }
    String message = cause.getMessage();
    return message == null
        ? "it is broken (" + cause.getClass().getSimpleName() + ")"
        : Whitespace.strip(Whitespace.collapse(message));
  }

  public String problem() {
    return String.valueOf(getMessage());
  }

  public Reason reason() {
    return reason;
  }

  /** Whether only this row is affected, so that parsing can continue. */
  public boolean local() {
    return local;
  }

  public int line() {
    return line;
  }

  public int column() {
    return column;
  }
}
