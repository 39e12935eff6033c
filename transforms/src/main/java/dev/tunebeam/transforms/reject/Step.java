package dev.tunebeam.transforms.reject;

/** The stage at which a row was rejected. */
public enum Step {
  READ,
  NORMALIZE,
  DELIMIT,
  COUNT,
  DEDUPLICATE
}
