package dev.tunebeam.dataset;

import com.fasterxml.jackson.annotation.JsonValue;

/** The shape of a line of the dataset. */
public enum Format {
  /** {@code {"prompt": …, "completion": …}}. */
  COMPLETION,
  /** {@code {"messages": [{"role": …, "content": …}, …]}}. */
  CHAT,
  /** {@code {"input": {"messages": […]}, "preferred_output": […], "non_preferred_output": […]}}. */
  PREFERENCE,
  /** {@code {"instruction": …, "input": "", "output": …}}; no provider's, for one's own GPUs. */
  ALPACA,
  /** {@code {"conversations": [{"from": …, "value": …}, …]}}; no provider's either. */
  SHAREGPT;

  /** Whether a provider's API takes such lines; the others are for training on one's own GPUs. */
  public boolean isUploaded() {
    return this == COMPLETION || this == CHAT || this == PREFERENCE;
  }

  /** The name in recipes, flags and manifests. */
  @JsonValue
  @Override
  public String toString() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
