package dev.tunebeam.transforms.near;

import dev.tunebeam.transforms.fingerprint.Fingerprint;
import dev.tunebeam.transforms.shard.NearCounts;
import dev.tunebeam.transforms.shard.ShardEntry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.TupleTag;

/**
 * The candidates of a text to those that it is compared with: the ones that share most bands. Asks
 * for the texts of both: {@code id 16 | SENT 1 | other 16} and {@code other 16 | AWAITS 1}.
 */
final class RequestFn extends DoFn<KV<Integer, Iterable<byte[]>>, KV<Integer, byte[]>> {

  static final TupleTag<KV<Integer, byte[]>> REQUESTS = new TupleTag<>("requests") {};
  static final TupleTag<KV<Integer, byte[]>> COUNTS = new TupleTag<>("counts") {};

  /** Bounds the copies of a text that are sent. */
  static final int MOST_COMPARED = 8;

  /** The text itself, before the requests for it. */
  static final int TEXT = 0;

  /** The text is sent to another. */
  static final int SENT = 1;

  /** The same, and a replaced word makes them different. */
  static final int SENT_IN_CROWD = SENT + CandidateFn.CROWDED;

  /** The same, and texts that are different do not stay together. */
  static final int SENT_IN_FLOOD = SENT + CandidateFn.FLOODED;

  /** The text awaits others. */
  static final int AWAITS = SENT_IN_FLOOD + 1;

  private final int partitions;

  RequestFn(int partitions) {
    this.partitions = partitions;
  }

  @ProcessElement
  public void process(@Element KV<Integer, Iterable<byte[]>> partition, MultiOutputReceiver out) {
    long crowded = 0;
    try (SortedRecords records = new SortedRecords(partition.getValue(), Ids.BYTES)) {
      while (records.nextKey()) {
        Map<Fingerprint, Integer> types = new HashMap<>();
        Map<Fingerprint, Integer> shared = new TreeMap<>();
        for (byte[] record = records.next(); record != null; record = records.next()) {
          Fingerprint other = Ids.at(record, Ids.CONTENT);
          shared.merge(other, 1, Integer::sum);
          types.merge(other, Ids.type(record), Math::max);
        }
        crowded += Collections.max(types.values()) > CandidateFn.COMPLETE ? 1 : 0;
        request(records.id(), shared, types, out.get(REQUESTS));
      }
    }
    if (crowded > 0) {
      out.get(COUNTS).output(KV.of(0, ShardEntry.of(new NearCounts(0, 0, crowded, 0, 0))));
    }
  }

  private void request(
      Fingerprint id,
      Map<Fingerprint, Integer> shared,
      Map<Fingerprint, Integer> types,
      OutputReceiver<KV<Integer, byte[]>> requests) {
    List<Fingerprint> others = new ArrayList<>(shared.keySet());
    others.sort(
        Comparator.<Fingerprint>comparingInt(other -> -shared.getOrDefault(other, 0))
            .thenComparing(Comparator.naturalOrder()));
    for (Fingerprint other : others.subList(0, Math.min(MOST_COMPARED, others.size()))) {
      int type = SENT + types.getOrDefault(other, CandidateFn.COMPLETE);
      requests.output(KV.of(id.shard(partitions), Ids.record(id, type, other)));
      requests.output(KV.of(other.shard(partitions), Ids.record(other, AWAITS, new byte[0], 0)));
    }
  }
}
