package dev.tunebeam.dataset.settings;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.tunebeam.dataset.DashedNames;

/** How a model learns from its examples. */
public enum Method {
  /** From the answers. */
  SUPERVISED,
  /** Direct preference optimization: from pairs of a preferred and another answer. */
  DPO;

  @JsonValue
  @Override
  public String toString() {
    return DashedNames.of(this);
  }
}
