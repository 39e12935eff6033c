package dev.tunebeam.transforms.near;

import dev.tunebeam.transforms.fingerprint.Fingerprint;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.values.KV;

/**
 * The texts of a band to candidates: all pairs of up to four; of a crowd, each with the first three
 * in the order of their ids, so a flood of similar texts gives a bounded number of pairs for each:
 * {@code id 16 | type 1 | first 16} by partition of the id. Holds {@link #MOST_OF_CROWD} ids.
 */
final class CandidateFn extends EachKeyFn<KV<Integer, byte[]>> {

  /** How many texts of a crowded band the others are compared with. */
  static final int FIRST = 3;

  /** More texts than these are a flood. */
  static final int MOST_OF_CROWD = 100;

  /** All pairs of the band are candidates. */
  static final int COMPLETE = 0;

  /** The band has so many texts that they are likely fillings of one template. */
  static final int CROWDED = 1;

  /**
   * So many that the pairs which are no copies do not stay together: a side of the split is small.
   */
  static final int FLOODED = 2;

  private final int partitions;

  CandidateFn(int partitions) {
    super(BandFn.KEY_BYTES);
    this.partitions = partitions;
  }

  @Override
  void process(SortedRecords records, OutputReceiver<KV<Integer, byte[]>> out) {
    List<Fingerprint> texts = new ArrayList<>();
    boolean isFlood = false;
    for (byte[] record = records.next(); record != null; record = records.nextAfter(record)) {
      Fingerprint id = Ids.at(record, BandFn.KEY_BYTES);
      if (isFlood) {
        pair(id, texts.subList(0, FIRST), FLOODED, out);
        continue;
      }
      texts.add(id);
      if (texts.size() > MOST_OF_CROWD) {
        isFlood = true;
        pairs(texts, FLOODED, out);
      }
    }
    if (!isFlood) {
      pairs(texts, texts.size() <= FIRST + 1 ? COMPLETE : CROWDED, out);
    }
  }

  /** Each text with those before it, at most the first three. */
  private void pairs(List<Fingerprint> texts, int type, OutputReceiver<KV<Integer, byte[]>> out) {
    for (int i = 1; i < texts.size(); i++) {
      pair(texts.get(i), texts.subList(0, Math.min(i, FIRST)), type, out);
    }
  }

  private void pair(
      Fingerprint id, List<Fingerprint> others, int type, OutputReceiver<KV<Integer, byte[]>> out) {
    for (Fingerprint other : others) {
      out.output(KV.of(id.shard(partitions), Ids.record(id, type, other)));
    }
  }
}
