package dev.tunebeam.runner.plan;

import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.values.PCollection;

/** All values of a key. */
public record GroupStep(
    String name,
    PCollection<?> input,
    PCollection<?> output,
    Coder<Object> keyCoder,
    Coder<Object> valueCoder,
    int readLevel)
    implements StoredStep {}
