package dev.tunebeam.runner.plan;

import org.apache.beam.sdk.transforms.ViewFn;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;

/** A collection as a side input. */
public record ViewStep(String name, PCollection<?> input, PCollectionView<?> view, ViewFn<?, ?> fn)
    implements Consumer {}
