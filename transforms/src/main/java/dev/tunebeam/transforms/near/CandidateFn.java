package dev.tunebeam.transforms.near;

import dev.tunebeam.transforms.fingerprint.Fingerprint;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.values.KV;

/**
 * The texts of a band to candidates: all pairs of up to four; of a crowd, each with the first three
 * in the order of their ids, so a flood of similar texts gives a bounded number of pairs for each:
 * {@code id 16 | type 1 | first 16} by partition of the id.
 */
final class CandidateFn extends EachKeyFn<KV<Integer, byte[]>> {

  /** How many texts of a crowded band the others are compared with. */
  static final int FIRST = 3;

  /** All pairs of the band are candidates. */
  static final int COMPLETE = 0;

  /** The band has so many texts that they are likely fillings of one template. */
  static final int CROWDED = 1;

  private final int partitions;

  CandidateFn(int partitions) {
    super(BandFn.KEY_BYTES);
    this.partitions = partitions;
  }

  @Override
  void process(SortedRecords records, OutputReceiver<KV<Integer, byte[]>> out) {
    List<Fingerprint> first = new ArrayList<>(FIRST + 1);
    boolean isCrowded = false;
    for (byte[] record = records.next(); record != null; record = records.nextAfter(record)) {
      Fingerprint id = Ids.at(record, BandFn.KEY_BYTES);
      if (first.size() <= FIRST) {
        first.add(id);
        continue;
      }
      if (!isCrowded) {
        isCrowded = true;
        pair(first, CROWDED, out);
      }
      for (Fingerprint other : first.subList(0, FIRST)) {
        pair(id, other, CROWDED, out);
      }
    }
    if (!isCrowded) {
      pair(first, COMPLETE, out);
    }
  }

  private void pair(List<Fingerprint> ids, int type, OutputReceiver<KV<Integer, byte[]>> out) {
    for (int i = 1; i < ids.size(); i++) {
      for (Fingerprint other : ids.subList(0, i)) {
        pair(ids.get(i), other, type, out);
      }
    }
  }

  private void pair(
      Fingerprint id, Fingerprint other, int type, OutputReceiver<KV<Integer, byte[]>> out) {
    out.output(KV.of(id.shard(partitions), Ids.record(id, type, other)));
  }
}
