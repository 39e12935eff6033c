package dev.tunebeam.transforms.deduplicate;

import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderRegistry;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.transforms.Combine.CombineFn;

/** Merges the summaries of all shards into one; empty if there are none. */
public final class MergeSummaries extends CombineFn<ShardSummary, ShardSummary, ShardSummary> {

  @Override
  public ShardSummary createAccumulator() {
    return new ShardSummary();
  }

  @Override
  public ShardSummary addInput(ShardSummary all, ShardSummary one) {
    all.merge(one);
    return all;
  }

  @Override
  public ShardSummary mergeAccumulators(Iterable<ShardSummary> accumulators) {
    ShardSummary all = new ShardSummary();
    accumulators.forEach(all::merge);
    return all;
  }

  @Override
  public ShardSummary extractOutput(ShardSummary all) {
    return all;
  }

  @Override
  public Coder<ShardSummary> getAccumulatorCoder(
      CoderRegistry registry, Coder<ShardSummary> inputCoder) {
    return SerializableCoder.of(ShardSummary.class);
  }
}
