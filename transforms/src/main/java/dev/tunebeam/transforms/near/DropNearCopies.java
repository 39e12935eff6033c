package dev.tunebeam.transforms.near;

import dev.tunebeam.transforms.compare.Relation;
import dev.tunebeam.transforms.fingerprint.Fingerprint;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTagList;

/**
 * Decides which near copies go: as many that each has a verified near copy that stays, and none
 * that is only a copy of a copy. That is the greedy independent set in the order of the seeded
 * fingerprints, which makes the way from a text to what decides it short.
 *
 * <p>In: {@link Edge}s; out: marks by shard. Each of {@link #ROUNDS} rounds settles one step of
 * that way; what is still open then stays, and is counted. Holds the edges of one text.
 */
final class DropNearCopies
    extends PTransform<PCollection<byte[]>, PCollection<KV<Integer, byte[]>>> {

  static final int ROUNDS = 10;

  private final NearSettings settings;

  private DropNearCopies(NearSettings settings) {
    this.settings = settings;
  }

  static DropNearCopies with(NearSettings settings) {
    return new DropNearCopies(settings);
  }

  @Override
  public PCollection<KV<Integer, byte[]>> expand(PCollection<byte[]> edges) {
    int partitions = settings.partitions();
    List<PCollection<KV<Integer, byte[]>>> marks = new ArrayList<>();
    PCollection<KV<Integer, byte[]>> open = edges.apply("Ends", ParDo.of(new EndsFn(partitions)));
    for (int round = 1; round <= ROUNDS; round++) {
      PCollectionTuple decided =
          open.apply("By text " + round, GroupByKey.create())
              .apply(
                  "Decide " + round,
                  ParDo.of(new DropFn(settings.comparison().by(), partitions, round == ROUNDS))
                      .withOutputTags(DropFn.NEXT, TupleTagList.of(DropFn.MARKS)));
      open = decided.get(DropFn.NEXT);
      marks.add(decided.get(DropFn.MARKS));
    }
    return PCollectionList.of(marks).apply("Removals", Flatten.pCollections());
  }

  /** A pair at both of its texts. */
  private static final class EndsFn extends DoFn<byte[], KV<Integer, byte[]>> {

    private final int partitions;

    EndsFn(int partitions) {
      this.partitions = partitions;
    }

    @ProcessElement
    public void process(@Element byte[] encoded, OutputReceiver<KV<Integer, byte[]>> out) {
      Edge edge = Edge.decode(encoded, 0);
      if (edge.relation() == Relation.NEAR_COPY) {
        Fingerprint stays = edge.stays().id();
        Fingerprint goes = edge.goes().id();
        out.output(KV.of(stays.shard(partitions), Ids.record(stays, DropFn.AFTER, encoded, 0)));
        out.output(KV.of(goes.shard(partitions), Ids.record(goes, DropFn.BEFORE, encoded, 0)));
      }
    }
  }
}
