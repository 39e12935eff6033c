package dev.tunebeam.dataset.settings;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.tunebeam.dataset.yaml.DashedNames;

/** The training method. */
public enum Method {
  /** Supervised fine-tuning on the answers. */
  SUPERVISED,
  /** Direct preference optimization on pairs of a preferred and a rejected answer. */
  DPO;

  @JsonValue
  @Override
  public String toString() {
    return DashedNames.of(this);
  }
}
