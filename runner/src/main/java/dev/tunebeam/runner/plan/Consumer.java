package dev.tunebeam.runner.plan;

import org.apache.beam.sdk.values.PCollection;

/** A step that is given elements. */
public sealed interface Consumer extends Step permits ParDoStep, StoredStep, ViewStep {

  PCollection<?> input();
}
