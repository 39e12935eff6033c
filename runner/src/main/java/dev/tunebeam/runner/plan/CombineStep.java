package dev.tunebeam.runner.plan;

import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.transforms.Combine.CombineFn;
import org.apache.beam.sdk.values.PCollection;

/** All values of a key in one, combined by each worker before they meet. */
public record CombineStep(
    String name,
    PCollection<?> input,
    PCollection<?> output,
    CombineFn<Object, Object, Object> fn,
    Coder<Object> keyCoder,
    Coder<Object> accumulatorCoder,
    int readLevel)
    implements StoredStep {}
