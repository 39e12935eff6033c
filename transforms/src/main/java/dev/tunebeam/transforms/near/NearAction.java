package dev.tunebeam.transforms.near;

/** What is done with near copies. */
public enum NearAction {
  /** All but one are removed, and listed. */
  DROP,
  /** They stay, on one side of the split. */
  KEEP_TOGETHER,
  /** They stay, and are counted. */
  REPORT
}
