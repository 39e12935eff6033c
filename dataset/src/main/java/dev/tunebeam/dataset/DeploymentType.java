package dev.tunebeam.dataset;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.tunebeam.dataset.yaml.DashedNames;

/** How a fine-tuned model is deployed. */
public enum DeploymentType {
  /** In the region of the resource, billed by the hour. */
  STANDARD,
  /** In any region, billed by the hour. */
  GLOBAL_STANDARD,
  /** In a data zone, billed by the hour. */
  DATA_ZONE_STANDARD,
  /** For tests: no hourly fee, deleted by the provider after 24 hours. */
  DEVELOPER;

  /** Whether it is billed by the hour, used or not. */
  public boolean hasHourlyFee() {
    return this != DEVELOPER;
  }

  @JsonValue
  @Override
  public String toString() {
    return DashedNames.of(this);
  }
}
