package dev.tunebeam.transforms.near;

import dev.tunebeam.transforms.compare.NearBy;
import dev.tunebeam.transforms.fingerprint.Fingerprint;
import dev.tunebeam.transforms.shard.NearCounts;
import dev.tunebeam.transforms.shard.ShardEntry;
import dev.tunebeam.transforms.shard.ShardMark.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.TupleTag;
import org.jspecify.annotations.Nullable;

/**
 * A round of deciding which texts go. A text goes as soon as one that stays before it, and that it
 * is similar to, stays; it stays as soon as all of these go. Each decided text tells the ones after
 * it: {@code id 16 | type 1 | edge}.
 */
final class DropFn extends DoFn<KV<Integer, Iterable<byte[]>>, KV<Integer, byte[]>> {

  static final TupleTag<KV<Integer, byte[]>> NEXT = new TupleTag<>("next") {};
  static final TupleTag<KV<Integer, byte[]>> MARKS = new TupleTag<>("marks") {};

  /** The other text stays, so this one goes. */
  private static final int STAYS = 0;

  /** The other text goes. */
  private static final int GOES = 1;

  /** The text waits for the other. */
  static final int BEFORE = 2;

  /** The other waits for this text. */
  static final int AFTER = 3;

  private final NearBy by;
  private final int partitions;
  private final boolean isLast;

  DropFn(NearBy by, int partitions, boolean isLast) {
    this.by = by;
    this.partitions = partitions;
    this.isLast = isLast;
  }

  @ProcessElement
  public void process(@Element KV<Integer, Iterable<byte[]>> partition, MultiOutputReceiver out) {
    long undecided = 0;
    try (SortedRecords records = new SortedRecords(partition.getValue(), Ids.BYTES)) {
      while (records.nextKey()) {
        undecided += decide(records, out) ? 0 : 1;
      }
    }
    if (isLast && undecided > 0) {
      out.get(MARKS).output(KV.of(0, ShardEntry.of(new NearCounts(0, 0, 0, undecided, 0))));
    }
  }

  /** Decides about a text; false if it waits for the next round. */
  private boolean decide(SortedRecords records, MultiOutputReceiver out) {
    @Nullable Edge closest = null;
    Set<Fingerprint> gone = new HashSet<>();
    List<byte[]> before = new ArrayList<>();
    while (records.nextType() >= 0 && records.nextType() < AFTER) {
      byte[] record = java.util.Objects.requireNonNull(records.next());
      Edge edge = Edge.decode(record, Ids.CONTENT);
      int type = Ids.type(record);
      if (type == STAYS && (closest == null || edge.similarity() > closest.similarity())) {
        closest = edge;
      } else if (type == GOES) {
        gone.add(edge.stays().id());
      } else if (type == BEFORE && !gone.contains(edge.stays().id())) {
        before.add(record);
      }
    }
    if (closest != null) {
      Vertex goes = closest.goes();
      out.get(MARKS)
          .output(
              KV.of(
                  goes.unit().shard(partitions),
                  goes.mark(Kind.NEAR_COPY, by, closest.stays(), closest.similarity()).encode()));
    } else if (!before.isEmpty()) {
      before.forEach(record -> next(record, out));
    }
    boolean isDecided = closest != null || before.isEmpty();
    int tells = closest != null ? GOES : STAYS;
    for (byte[] record = records.next(); record != null; record = records.next()) {
      if (isDecided) {
        Fingerprint other = Edge.decode(record, Ids.CONTENT).goes().id();
        next(Ids.record(other, tells, record, Ids.CONTENT), out);
      } else {
        next(record, out);
      }
    }
    return isDecided;
  }

  private void next(byte[] record, MultiOutputReceiver out) {
    if (!isLast) {
      out.get(NEXT).output(KV.of(Ids.at(record, 0).shard(partitions), record));
    }
  }
}
