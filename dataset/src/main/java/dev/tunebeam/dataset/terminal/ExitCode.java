package dev.tunebeam.dataset.terminal;

/** What a command ends with, for schedulers: jobs and launcher alike. */
public enum ExitCode {
  /** Done; where a job was followed, it succeeded. */
  SUCCEEDED(0, "done; where a job was followed, it succeeded"),
  /** A disk that is full, an unreadable file, a bug. */
  FAILED(1, "a disk that is full, an unreadable file, a bug"),
  /** A wrong flag or recipe, no such file, a dataset that the provider would refuse. */
  WRONG_USE(2, "a wrong flag or recipe, no such file, a dataset that the provider would refuse"),
  /** More rows were rejected than the recipe allows. */
  TOO_MANY_REJECTED(3, "more rows were rejected than maxRejected allows"),
  /** The price is above the budget, or nobody said yes to it. */
  OVER_BUDGET(4, "the price is above the budget, or nobody said yes to it"),
  /** The provider answered no: wrong key, no permission, invalid request, training closed. */
  REFUSED(5, "the provider said no: wrong key, invalid request, training closed"),
  /** The training job ended without a model. */
  JOB_FAILED(6, "the training job ended without a model"),
  /** The provider could not be reached, or asks to wait for longer than a command should. */
  TRY_LATER(75, "the provider cannot be reached or asks to wait: try again later");

  private final int code;
  private final String meaning;

  ExitCode(int code, String meaning) {
    this.code = code;
    this.meaning = meaning;
  }

  /** What help says of it. */
  public String meaning() {
    return meaning;
  }

  /** The number that the process ends with. */
  public int code() {
    return code;
  }
}
