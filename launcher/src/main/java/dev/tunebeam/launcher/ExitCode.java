package dev.tunebeam.launcher;

/**
 * What a command ends with, for schedulers. Codes 0 to 2 mean the same for the jobs, whose 3 (too
 * many rows rejected) {@code run} passes on.
 */
public enum ExitCode {
  /** Done; where a job was followed, it succeeded. */
  SUCCEEDED(0),
  /** A disk that is full, an unreadable file, a bug. */
  FAILED(1),
  /** A wrong flag, no such file, a dataset that the provider would refuse. */
  WRONG_USE(2),
  /** The price is above the budget, or nobody said yes to it. */
  OVER_BUDGET(4),
  /** The provider answered no: wrong key, no permission, invalid request, training closed. */
  REFUSED(5),
  /** The training job ended without a model. */
  JOB_FAILED(6),
  /** The provider could not be reached, or asks to wait for longer than a command should. */
  TRY_LATER(75);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  /** The number that the process ends with. */
  public int code() {
    return code;
  }
}
