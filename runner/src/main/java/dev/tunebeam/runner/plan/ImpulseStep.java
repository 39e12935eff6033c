package dev.tunebeam.runner.plan;

import org.apache.beam.sdk.values.PCollection;

/** One empty element. */
public record ImpulseStep(String name, PCollection<?> output) implements Root {}
