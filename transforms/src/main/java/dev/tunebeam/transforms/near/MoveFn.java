package dev.tunebeam.transforms.near;

import dev.tunebeam.transforms.fingerprint.Fingerprint;
import dev.tunebeam.transforms.shard.ShardEntry;
import dev.tunebeam.transforms.shard.ShardMark;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;

/**
 * Moves the examples of a shard, and the marks on them, to the component of their unit. Of several
 * components, the lowest counts, as in {@link LabelFn}.
 */
final class MoveFn extends DoFn<KV<Integer, Iterable<byte[]>>, KV<Integer, byte[]>> {

  private final int shards;

  MoveFn(int shards) {
    this.shards = shards;
  }

  @ProcessElement
  public void process(
      @Element KV<Integer, Iterable<byte[]>> shard, OutputReceiver<KV<Integer, byte[]>> out) {
    try (SortedRecords records = new SortedRecords(shard.getValue(), 1)) {
      Fingerprint unit = ShardMark.ALL;
      Fingerprint component = unit;
      while (records.nextKey()) {
        for (byte[] record = records.next(); record != null; record = records.next()) {
          if (record[0] != ShardEntry.Kind.EXAMPLE.ordinal()) {
            out.output(KV.of(shard.getKey(), record));
            continue;
          }
          ShardEntry entry = new ShardEntry(record);
          if (!entry.unit().equals(unit)) {
            unit = entry.unit();
            component = unit;
          }
          if (entry.kind() == ShardEntry.Kind.MARK && entry.mark().kind() == ShardMark.Kind.MOVED) {
            component = component.equals(unit) ? entry.mark().other() : component;
          } else {
            out.output(KV.of(component.shard(shards), entry.inUnit(component)));
          }
        }
      }
    }
  }
}
