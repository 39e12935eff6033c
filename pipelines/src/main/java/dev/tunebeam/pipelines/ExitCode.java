package dev.tunebeam.pipelines;

/** What a command ends with, for schedulers. */
public enum ExitCode {
  DONE(0),
  /** A disk that is full, an unreadable file, a bug. */
  FAILED(1),
  /** A wrong flag or recipe, no such file. */
  WRONG_USE(2),
  /** More rows were rejected than the recipe allows. */
  TOO_MANY_REJECTED(3);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }
}
