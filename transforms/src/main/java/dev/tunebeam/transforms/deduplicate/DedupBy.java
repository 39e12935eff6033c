package dev.tunebeam.transforms.deduplicate;

/** What makes two examples duplicates. */
public enum DedupBy {
  /** The same prompt and the same completion. */
  EXAMPLE,
  /** The same prompt. */
  PROMPT,
  /** Nothing: all are kept. */
  NONE
}
