package dev.tunebeam.transforms.near;

/** What is done with examples that share a long phrase with an evaluation set. */
public enum Contaminated {
  /** They are removed, and listed. */
  DROP,
  /** They stay, and are listed. */
  REPORT
}
