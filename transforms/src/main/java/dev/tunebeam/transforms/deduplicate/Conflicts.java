package dev.tunebeam.transforms.deduplicate;

/** What to do with a prompt that has different completions. */
public enum Conflicts {
  /** Keep all; count and list them. */
  KEEP,
  /** Reject all. */
  REJECT,
  /** Keep the most frequent completion, on a tie the first one; reject the others. */
  MAJORITY
}
