package dev.tunebeam.transforms.read;

import dev.tunebeam.transforms.reject.Reason;

/** A row that cannot be had from its text; says why and, if it is known, where in the text. */
final class RowException extends Exception {

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

  /** The text is sound, but its content is refused. */
  static RowException refused(Reason reason, String problem) {
    return new RowException(reason, problem, true, 0, 0);
  }

  /** The text is broken at a place, both 1-based: where it ends is not certain either. */
  static RowException broken(Reason reason, String problem, int line, int column) {
    return new RowException(reason, problem, false, line, column);
  }

  String problem() {
    return String.valueOf(getMessage());
  }

  Reason reason() {
    return reason;
  }

  /** Whether the row's neighbours can be trusted all the same. */
  boolean local() {
    return local;
  }

  int line() {
    return line;
  }

  int column() {
    return column;
  }
}
