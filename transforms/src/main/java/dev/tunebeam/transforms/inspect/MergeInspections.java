package dev.tunebeam.transforms.inspect;

import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderRegistry;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.transforms.Combine.CombineFn;

/** Merges the inspections of all shards into one; empty if there are none. */
final class MergeInspections extends CombineFn<Inspection, Inspection, Inspection> {

  @Override
  public Inspection createAccumulator() {
    return new Inspection();
  }

  @Override
  public Inspection addInput(Inspection all, Inspection one) {
    all.merge(one);
    return all;
  }

  @Override
  public Inspection mergeAccumulators(Iterable<Inspection> accumulators) {
    Inspection all = new Inspection();
    accumulators.forEach(all::merge);
    return all;
  }

  @Override
  public Inspection extractOutput(Inspection all) {
    return all;
  }

  @Override
  public Coder<Inspection> getAccumulatorCoder(
      CoderRegistry registry, Coder<Inspection> inputCoder) {
    return SerializableCoder.of(Inspection.class);
  }
}
