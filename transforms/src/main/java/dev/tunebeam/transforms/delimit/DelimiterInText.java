package dev.tunebeam.transforms.delimit;

/** What happens to a text in which the separator or the stop sequence occurs. */
public enum DelimiterInText {
  /** The occurrence is taken out of the text; counted. */
  CLEAN,
  /** The row is rejected. */
  REJECT
}
