package dev.tunebeam.pipelines.recipe;

/** Of which examples the training split is made. */
public enum Since {
  /** Of those that the dataset before does not have, or has with other answers. */
  PREVIOUS
}
