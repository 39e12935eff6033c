package dev.tunebeam.runner.plan;

import org.apache.beam.sdk.values.PCollection;

/** A step that begins a chain: its elements are read from a source or from storage. */
public sealed interface Root extends Step permits ImpulseStep, ReadStep, StoredStep {

  PCollection<?> output();
}
