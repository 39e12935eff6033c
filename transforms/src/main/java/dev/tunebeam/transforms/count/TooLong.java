package dev.tunebeam.transforms.count;

/** What to do with an example of more than maxTokens tokens. */
public enum TooLong {
  /** Reject it. */
  REJECT,
  /** Remove the beginning of its prompt. */
  TRUNCATE_LEFT,
  /** Remove the end of its prompt. */
  TRUNCATE_RIGHT
}
