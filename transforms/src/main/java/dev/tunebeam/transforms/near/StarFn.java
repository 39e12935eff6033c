package dev.tunebeam.transforms.near;

import dev.tunebeam.transforms.fingerprint.Fingerprint;
import org.apache.beam.sdk.values.KV;

/**
 * A round of connecting units: each unit connects its neighbours with the lowest one of them and of
 * itself. The large star does so with the neighbours above it, the small star with those below it;
 * in turns they end with each unit connected to the lowest one of its component (Kiveris and
 * others, "Connected components in MapReduce and beyond", 2014).
 *
 * <p>In: {@code id 16 | neighbour 16}, for the large star in both directions, for the small one at
 * the higher end; out: pairs as the other star needs them. Holds two ids.
 */
final class StarFn extends EachKeyFn<KV<Integer, byte[]>> {

  private final boolean isLarge;
  private final int partitions;

  StarFn(boolean isLarge, int partitions) {
    super(Ids.BYTES);
    this.isLarge = isLarge;
    this.partitions = partitions;
  }

  @Override
  void process(SortedRecords records, OutputReceiver<KV<Integer, byte[]>> out) {
    Fingerprint self = records.id();
    Fingerprint lowest = null;
    for (byte[] record = records.next(); record != null; record = records.nextAfter(record)) {
      Fingerprint other = Ids.at(record, Ids.BYTES);
      if (lowest == null) {
        // The neighbours come in order, and the small star has none above itself.
        lowest = other.compareTo(self) < 0 ? other : self;
        if (!isLarge) {
          connect(self, lowest, out);
        }
      }
      if (isLarge ? other.compareTo(self) > 0 : !other.equals(lowest)) {
        connect(other, lowest, out);
      }
    }
  }

  private void connect(Fingerprint high, Fingerprint low, OutputReceiver<KV<Integer, byte[]>> out) {
    out.output(KV.of(high.shard(partitions), ConnectUnits.pair(high, low)));
    if (!isLarge) {
      out.output(KV.of(low.shard(partitions), ConnectUnits.pair(low, high)));
    }
  }
}
