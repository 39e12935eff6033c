package dev.tunebeam.transforms.near;

import dev.tunebeam.transforms.fingerprint.Fingerprint;
import dev.tunebeam.transforms.shard.ShardMark;
import java.nio.ByteBuffer;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;

/**
 * Connects units that have to be on one side of the split: each moves to the lowest unit of its
 * component.
 *
 * <p>In: pairs of units, 32 bytes; out: {@link #MOVED} marks by shard of the unit, and {@link
 * #PINNED} marks by shard of the component. {@link #ROUNDS} rounds of two stars connect all but
 * very long chains; components that a pair of units still connects are pinned to train, all of
 * them, so the guarantee does not depend on the rounds. Holds two ids at a time.
 */
final class ConnectUnits extends PTransform<PCollection<byte[]>, PCollectionTuple> {

  static final TupleTag<KV<Integer, byte[]>> MOVED = new TupleTag<>("moved") {};
  static final TupleTag<KV<Integer, byte[]>> PINNED = new TupleTag<>("pinned") {};

  static final int ROUNDS = 5;

  private final int partitions;

  private ConnectUnits(int partitions) {
    this.partitions = partitions;
  }

  static ConnectUnits in(int partitions) {
    return new ConnectUnits(partitions);
  }

  /** Two ids in 32 bytes. */
  static byte[] pair(Fingerprint first, Fingerprint second) {
    ByteBuffer out = ByteBuffer.allocate(2 * Ids.BYTES);
    Ids.put(out, first);
    Ids.put(out, second);
    return out.array();
  }

  @Override
  public PCollectionTuple expand(PCollection<byte[]> pairs) {
    PCollection<KV<Integer, byte[]>> stars =
        pairs.apply("Both ways", ParDo.of(new PairFn(partitions, true)));
    for (int round = 1; round <= ROUNDS; round++) {
      stars =
          stars
              .apply("By unit " + round, GroupByKey.create())
              .apply("Large star " + round, ParDo.of(new StarFn(true, partitions)))
              .apply("By higher unit " + round, GroupByKey.create())
              .apply("Small star " + round, ParDo.of(new StarFn(false, partitions)));
    }
    PCollection<KV<Integer, byte[]>> components =
        stars.apply("Components", ParDo.of(new ComponentFn(false)));
    PCollection<KV<Integer, byte[]>> moved = stars.apply("Moved", ParDo.of(new ComponentFn(true)));
    PCollection<KV<Integer, byte[]>> ends =
        pairs.apply("Ends", ParDo.of(new PairFn(partitions, false)));
    PCollection<KV<Integer, byte[]>> pinned =
        check(components, check(components, ends, true), false);
    return PCollectionTuple.of(MOVED, moved).and(PINNED, pinned);
  }

  private PCollection<KV<Integer, byte[]>> check(
      PCollection<KV<Integer, byte[]>> components,
      PCollection<KV<Integer, byte[]>> pairs,
      boolean isFirst) {
    String which = isFirst ? " first" : " second";
    return PCollectionList.of(components)
        .and(pairs)
        .apply("Components and" + which + " ends", Flatten.pCollections())
        .apply("By" + which + " end", GroupByKey.create())
        .apply("Check" + which + " end", ParDo.of(new LabelFn(isFirst, partitions)));
  }

  /** A pair in both directions for the stars, or at its first end for the check. */
  private static final class PairFn extends DoFn<byte[], KV<Integer, byte[]>> {

    private final int partitions;
    private final boolean isForStars;

    PairFn(int partitions, boolean isForStars) {
      this.partitions = partitions;
      this.isForStars = isForStars;
    }

    @ProcessElement
    public void process(@Element byte[] pair, OutputReceiver<KV<Integer, byte[]>> out) {
      Fingerprint one = Ids.at(pair, 0);
      Fingerprint other = Ids.at(pair, Ids.BYTES);
      if (one.equals(other)) {
        return;
      }
      if (isForStars) {
        out.output(KV.of(one.shard(partitions), pair));
        out.output(KV.of(other.shard(partitions), pair(other, one)));
      } else {
        out.output(KV.of(one.shard(partitions), Ids.record(one, LabelFn.PAIR, other)));
      }
    }
  }

  /** The last stars as components of their higher ends, or as marks; the partition is the shard. */
  private static final class ComponentFn extends DoFn<KV<Integer, byte[]>, KV<Integer, byte[]>> {

    private final boolean asMarks;

    ComponentFn(boolean asMarks) {
      this.asMarks = asMarks;
    }

    @ProcessElement
    public void process(
        @Element KV<Integer, byte[]> star, OutputReceiver<KV<Integer, byte[]>> out) {
      Fingerprint unit = Ids.at(star.getValue(), 0);
      Fingerprint component = Ids.at(star.getValue(), Ids.BYTES);
      if (component.compareTo(unit) < 0) {
        out.output(
            KV.of(
                star.getKey(),
                asMarks
                    ? ShardMark.ofUnit(ShardMark.Kind.MOVED, unit, component).encode()
                    : Ids.record(unit, LabelFn.COMPONENT, component)));
      }
    }
  }
}
