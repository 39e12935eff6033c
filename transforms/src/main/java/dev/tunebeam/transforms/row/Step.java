package dev.tunebeam.transforms.row;

/** The stage at which a row was rejected. */
public enum Step {
  READ,
  NORMALIZE,
  DELIMIT,
  COUNT,
  DEDUPLICATE;

  /** The name in files, in lower case. */
  @Override
  public String toString() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
