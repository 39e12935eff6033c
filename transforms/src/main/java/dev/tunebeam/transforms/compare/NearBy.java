package dev.tunebeam.transforms.compare;

/** What has to be similar in near copies. */
public enum NearBy {
  /** Prompt and completion. */
  EXAMPLE,
  /** The prompt alone. */
  PROMPT
}
