package dev.tunebeam.runner.plan;

import org.apache.beam.sdk.io.BoundedSource;
import org.apache.beam.sdk.values.PCollection;

/** Elements of a source. */
public record ReadStep(String name, BoundedSource<?> source, PCollection<?> output)
    implements Root {}
