package dev.tunebeam.dataset;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.tunebeam.dataset.yaml.DashedNames;

/** Where a provider trains: one job, at different prices. */
public enum TrainingType {
  /** In the region of the resource. */
  STANDARD,
  /** In any region. */
  GLOBAL_STANDARD,
  /** On spare capacity; may be paused. */
  DEVELOPER;

  @JsonValue
  @Override
  public String toString() {
    return DashedNames.of(this);
  }
}
