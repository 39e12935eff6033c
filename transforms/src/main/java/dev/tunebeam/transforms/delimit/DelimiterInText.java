package dev.tunebeam.transforms.delimit;

/** What to do with a text that contains the separator or the stop sequence. */
public enum DelimiterInText {
  /** Remove it from the text; counted. */
  CLEAN,
  /** Reject the row. */
  REJECT
}
