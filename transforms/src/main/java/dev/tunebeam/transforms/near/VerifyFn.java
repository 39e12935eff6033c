package dev.tunebeam.transforms.near;

import dev.tunebeam.transforms.compare.ComparedText;
import dev.tunebeam.transforms.compare.Comparison;
import dev.tunebeam.transforms.compare.Relation;
import dev.tunebeam.transforms.shard.NearCounts;
import dev.tunebeam.transforms.shard.ShardEntry;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.TupleTag;
import org.jspecify.annotations.Nullable;

/** Compares each text with the ones that were sent to it. Holds two texts. */
final class VerifyFn extends DoFn<KV<Integer, Iterable<byte[]>>, byte[]> {

  /** {@link Edge}s: near copies, conflicts, and what else stays together. */
  static final TupleTag<byte[]> EDGES = new TupleTag<>("edges") {};

  static final TupleTag<KV<Integer, byte[]>> COUNTS = new TupleTag<>("counts") {};

  private final Comparison comparison;
  private final boolean keepsTogether;

  /**
   * @param keepsTogether whether also texts that are similar but say different things are an edge,
   *     except in a flood, so that they are on one side of the split
   */
  VerifyFn(Comparison comparison, boolean keepsTogether) {
    this.comparison = comparison;
    this.keepsTogether = keepsTogether;
  }

  @ProcessElement
  public void process(@Element KV<Integer, Iterable<byte[]>> partition, MultiOutputReceiver out) {
    long pairs = 0;
    long conflicts = 0;
    try (SortedRecords records = new SortedRecords(partition.getValue(), Ids.BYTES)) {
      while (records.nextKey()) {
        @Nullable ComparedText text = null;
        for (byte[] record = records.next(); record != null; record = records.next()) {
          ComparedText other = ComparedText.decode(record, Ids.CONTENT);
          if (Ids.type(record) == RequestFn.TEXT) {
            text = other;
            continue;
          }
          if (text == null) {
            throw new IllegalStateException("the text is missing that others were sent to");
          }
          boolean inCrowd = Ids.type(record) != RequestFn.SENT;
          boolean inFlood = Ids.type(record) == RequestFn.SENT_IN_FLOOD;
          Comparison.Result result = comparison.of(text, other, inCrowd);
          if (result.relation() != Relation.DIFFERENT
              || (keepsTogether && !inFlood && result.similarity() >= comparison.similarity())) {
            pairs += result.relation() == Relation.NEAR_COPY ? 1 : 0;
            conflicts += result.relation() == Relation.CONFLICT ? 1 : 0;
            out.get(EDGES)
                .output(
                    Edge.of(
                            Vertex.of(text),
                            Vertex.of(other),
                            result.similarity(),
                            result.relation())
                        .encode());
          }
        }
      }
    }
    if (pairs + conflicts > 0) {
      out.get(COUNTS).output(KV.of(0, ShardEntry.of(new NearCounts(pairs, conflicts, 0, 0, 0))));
    }
  }
}
