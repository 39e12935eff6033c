package dev.tunebeam.transforms.near;

import dev.tunebeam.transforms.fingerprint.Fingerprint;
import dev.tunebeam.transforms.shard.ShardMark;
import org.apache.beam.sdk.values.KV;

/**
 * Checks the pairs of units against the component that each unit was found to be in, in two steps:
 * the first sends the component of one end to the other, the second pins the components of a pair
 * that differ to train. So no pair is on two sides, whatever the rounds have left open.
 *
 * <p>In: {@code unit 16 | COMPONENT 1 | component 16} and {@code unit 16 | PAIR 1 | other end or
 * its component 16}.
 */
final class LabelFn extends EachKeyFn<KV<Integer, byte[]>> {

  /** What comes first: the unit is in a component; without one it is one of its own. */
  static final int COMPONENT = 0;

  static final int PAIR = 1;

  private final boolean isFirst;
  private final int partitions;

  LabelFn(boolean isFirst, int partitions) {
    super(Ids.BYTES);
    this.isFirst = isFirst;
    this.partitions = partitions;
  }

  @Override
  void process(SortedRecords records, OutputReceiver<KV<Integer, byte[]>> out) {
    Fingerprint component = records.id();
    boolean isFound = false;
    for (byte[] record = records.next(); record != null; record = records.nextAfter(record)) {
      Fingerprint other = Ids.at(record, Ids.CONTENT);
      if (Ids.type(record) == COMPONENT) {
        component = isFound ? component : other;
        isFound = true;
      } else if (isFirst) {
        out.output(KV.of(other.shard(partitions), Ids.record(other, PAIR, component)));
      } else if (!other.equals(component)) {
        pin(other, out);
        pin(component, out);
      }
    }
  }

  private void pin(Fingerprint component, OutputReceiver<KV<Integer, byte[]>> out) {
    out.output(
        KV.of(
            component.shard(partitions),
            ShardMark.ofUnit(ShardMark.Kind.PINNED, component, ShardMark.ALL).encode()));
  }
}
