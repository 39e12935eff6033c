package dev.tunebeam.dataset;

import com.fasterxml.jackson.annotation.JsonValue;

/** The shape of a line of the dataset. */
public enum Format {
  /** {@code {"prompt": …, "completion": …}}. */
  COMPLETION,
  /** {@code {"messages": [{"role": …, "content": …}, …]}}. */
  CHAT;

  /** The name in recipes, flags and manifests. */
  @JsonValue
  @Override
  public String toString() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
