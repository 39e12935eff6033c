package dev.tunebeam.runner.plan;

/** A primitive of a pipeline as this runner runs it; the steps between them are names only. */
public sealed interface Step permits Root, Consumer {

  /** The full name of the transform. */
  String name();
}
