package dev.tunebeam.transforms.near;

import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderRegistry;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.transforms.Combine.CombineFn;

/** Combines the ids at the beginning of records to one filter. */
final class CombineIds extends CombineFn<byte[], IdFilter, IdFilter> {

  private final int log2Bits;

  CombineIds(int log2Bits) {
    this.log2Bits = log2Bits;
  }

  @Override
  public IdFilter createAccumulator() {
    return new IdFilter(log2Bits);
  }

  @Override
  public IdFilter addInput(IdFilter filter, byte[] record) {
    filter.add(Ids.at(record, 0));
    return filter;
  }

  @Override
  public IdFilter mergeAccumulators(Iterable<IdFilter> filters) {
    IdFilter all = createAccumulator();
    filters.forEach(all::addAll);
    return all;
  }

  @Override
  public IdFilter extractOutput(IdFilter filter) {
    return filter;
  }

  @Override
  public Coder<IdFilter> getAccumulatorCoder(CoderRegistry registry, Coder<byte[]> inputCoder) {
    return SerializableCoder.of(IdFilter.class);
  }

  @Override
  public Coder<IdFilter> getDefaultOutputCoder(CoderRegistry registry, Coder<byte[]> inputCoder) {
    return SerializableCoder.of(IdFilter.class);
  }
}
