package dev.tunebeam.transforms.near;

import dev.tunebeam.transforms.compare.NearBy;
import dev.tunebeam.transforms.compare.Relation;
import dev.tunebeam.transforms.fingerprint.Fingerprint;
import dev.tunebeam.transforms.shard.ShardMark.Kind;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.jspecify.annotations.Nullable;

/** Pairs to marks on their examples: conflicts, and who is similar to whom. */
final class MarkFn extends DoFn<byte[], KV<Integer, byte[]>> {

  private final NearBy by;
  private final int shards;
  private final boolean isListed;
  private transient @Nullable Fingerprint lastCopied;

  /**
   * @param isListed whether near copies are listed, as they stay
   */
  MarkFn(NearBy by, int shards, boolean isListed) {
    this.isListed = isListed;
    this.by = by;
    this.shards = shards;
  }

  @ProcessElement
  public void process(@Element byte[] encoded, OutputReceiver<KV<Integer, byte[]>> out) {
    Edge edge = Edge.decode(encoded, 0);
    if (edge.relation() == Relation.CONFLICT) {
      mark(Kind.CONFLICT, edge.goes(), edge, out);
    } else if (edge.relation() == Relation.NEAR_COPY) {
      mark(isListed ? Kind.SIMILAR : Kind.LINKED, edge.goes(), edge, out);
      // A text with many copies is marked once, as they come one after the other.
      if (!edge.stays().id().equals(lastCopied)) {
        lastCopied = edge.stays().id();
        mark(Kind.COPIED, edge.stays(), edge, out);
      }
    }
  }

  private void mark(Kind kind, Vertex of, Edge edge, OutputReceiver<KV<Integer, byte[]>> out) {
    boolean isCopied = kind == Kind.COPIED;
    out.output(
        KV.of(
            of.unit().shard(shards),
            of.mark(kind, by, edge.stays(), isCopied ? 0 : edge.similarity()).encode()));
  }
}
