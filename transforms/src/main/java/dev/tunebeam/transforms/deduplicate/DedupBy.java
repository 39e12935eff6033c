package dev.tunebeam.transforms.deduplicate;

/** The deduplication key: what two duplicates have in common. */
public enum DedupBy {
  /** The same prompt and the same completion. */
  EXAMPLE,
  /** The same prompt. */
  PROMPT,
  /** Nothing: all are kept. */
  NONE
}
