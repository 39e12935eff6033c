package dev.tunebeam.transforms.normalize.dialect;

/** What to do with keys of messages that the training APIs do not know. */
public enum UnknownKeys {
  /** Reject the row: an API refuses the file for one such key. */
  REJECT,
  /** Leave the keys out. */
  DROP
}
