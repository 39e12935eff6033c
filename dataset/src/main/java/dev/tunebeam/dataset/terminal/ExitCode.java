package dev.tunebeam.dataset.terminal;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** The exit codes of all commands. */
public enum ExitCode {
  /** Success; if a job was followed, it succeeded. */
  SUCCEEDED(0, "success; if a job was followed, it succeeded"),
  /** An I/O error or a bug. */
  FAILED(1, "I/O error (disk full, unreadable file) or a bug"),
  /** Invalid flag, recipe or dataset, or a missing file. */
  WRONG_USE(2, "usage error: invalid flag, recipe or dataset, or a missing file"),
  /** More rows were rejected than the recipe allows. */
  TOO_MANY_REJECTED(3, "more rows were rejected than maxRejected allows"),
  /** The price is above the budget or was not confirmed. */
  OVER_BUDGET(4, "the price is above the budget or was not confirmed"),
  /**
   * The provider rejected the request: invalid key, no permission, invalid request, training
   * closed.
   */
  REFUSED(5, "the provider rejected the request: invalid key, invalid request, training closed"),
  /** The training job failed or was cancelled. */
  JOB_FAILED(6, "the training job failed or was cancelled"),
  /** The previous dataset has all training examples, and only new ones were asked for. */
  NOTHING_NEW(7, "nothing new since the previous dataset, with since: previous"),
  /** A gate of the recipe keeps the dataset from being published. */
  GATE_FAILED(8, "a gate of the recipe failed: the data is not as it should be"),
  /** The new model was not promoted, by what was asked for with --promote. */
  NOT_PROMOTED(9, "the new model was not promoted, with --promote"),
  /** The provider is unreachable or rate-limited, or the folder is locked. */
  TRY_LATER(
      75, "the provider is unreachable or rate-limited, or the folder is locked: retry later");

  /** Those of the launcher that only {@code run} has. */
  public static final Set<ExitCode> OF_RUN =
      Collections.unmodifiableSet(
          EnumSet.of(TOO_MANY_REJECTED, NOTHING_NEW, GATE_FAILED, NOT_PROMOTED));

  private final int code;
  private final String meaning;

  ExitCode(int code, String meaning) {
    this.code = code;
    this.meaning = meaning;
  }

  /** The description in the help. */
  public String meaning() {
    return meaning;
  }

  /** The process exit code. */
  public int code() {
    return code;
  }
}
