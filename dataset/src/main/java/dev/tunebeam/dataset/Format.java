package dev.tunebeam.dataset;

import com.fasterxml.jackson.annotation.JsonValue;

/** The format of a line of the dataset. */
public enum Format {
  /** {@code {"prompt": …, "completion": …}}. */
  COMPLETION,
  /** {@code {"messages": [{"role": …, "content": …}, …]}}. */
  CHAT,
  /** {@code {"input": {"messages": […]}, "preferred_output": […], "non_preferred_output": […]}}. */
  PREFERENCE,
  /** {@code {"instruction": …, "input": "", "output": …}}; only for training on local GPUs. */
  ALPACA,
  /** {@code {"conversations": [{"from": …, "value": …}, …]}}; only for training on local GPUs. */
  SHAREGPT;

  /** Whether providers accept this format; the others are for training on local GPUs. */
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
