package dev.tunebeam.transforms.count;

/** What happens to an example with more than maxTokens tokens. */
public enum TooLong {
  /** It is rejected. */
  REJECT,
  /** The beginning of its prompt is cut off. */
  TRUNCATE_LEFT,
  /** The end of its prompt is cut off. */
  TRUNCATE_RIGHT
}
