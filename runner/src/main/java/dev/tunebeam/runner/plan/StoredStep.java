package dev.tunebeam.runner.plan;

/** A step that takes in all of its input before it gives the first element. */
public sealed interface StoredStep extends Root, Consumer
    permits CombineStep, GroupStep, ReshuffleStep {

  /** The first level on which the output can be read. */
  int readLevel();
}
