package dev.tunebeam.launcher.provider;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.tunebeam.dataset.yaml.DashedNames;

/** A job's status, the same for all providers. */
public enum JobStatus {
  /** The provider validates the files. */
  VALIDATING,
  QUEUED,
  RUNNING,
  PAUSED,
  SUCCEEDED,
  FAILED,
  CANCELLED,
  /** An unknown status, which is not final. */
  OTHER;

  /** Whether the job has ended. */
  public boolean isFinal() {
    return this == SUCCEEDED || this == FAILED || this == CANCELLED;
  }

  /** Whether the job ended without a model. */
  public boolean isLost() {
    return this == FAILED || this == CANCELLED;
  }

  @JsonValue
  @Override
  public String toString() {
    return DashedNames.of(this);
  }
}
