package dev.tunebeam.transforms.deduplicate;

/** What to do with a prompt that has different completions. */
public enum Conflicts {
  /** Keep all; count and list them. */
  KEEP,
  /** Reject all. */
  REJECT,
  /** Keep the most frequent completion and reject the others; on a tie, reject all. */
  MAJORITY
}
