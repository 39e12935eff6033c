package dev.tunebeam.runner.plan;

import org.apache.beam.sdk.values.PCollection;

/** The same elements, divided anew between the workers. */
public record ReshuffleStep(String name, PCollection<?> input, PCollection<?> output, int readLevel)
    implements StoredStep {}
