package dev.tunebeam.launcher.provider;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.tunebeam.dataset.DashedNames;

/** Where a job stands, in one vocabulary for all providers. */
public enum JobStatus {
  /** The provider looks at the files. */
  VALIDATING,
  QUEUED,
  RUNNING,
  PAUSED,
  SUCCEEDED,
  FAILED,
  CANCELLED,
  /** A word that is not known here. It is not final. */
  OTHER;

  /** Whether nothing comes after it. */
  public boolean isFinal() {
    return this == SUCCEEDED || this == FAILED || this == CANCELLED;
  }

  /** Whether the job is lost: over, and without a model. */
  public boolean isLost() {
    return this == FAILED || this == CANCELLED;
  }

  @JsonValue
  @Override
  public String toString() {
    return DashedNames.of(this);
  }
}
