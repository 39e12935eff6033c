package dev.tunebeam.transforms.deduplicate;

/** What happens to a prompt that has different completions. */
public enum Conflicts {
  /** All stay in the dataset; counted and listed. */
  KEEP,
  /** All are rejected. */
  REJECT,
  /** The completion of most rows stays, the first one of equals; the others are rejected. */
  MAJORITY
}
