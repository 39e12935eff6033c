package dev.tunebeam.transforms.near;

import dev.tunebeam.transforms.fingerprint.Fingerprint;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;

/** Prompts and their units to pairs of units that have a prompt in common: two ids, 32 bytes. */
final class SharedPromptFn extends DoFn<KV<Integer, Iterable<byte[]>>, byte[]> {

  @ProcessElement
  public void process(
      @Element KV<Integer, Iterable<byte[]>> partition, OutputReceiver<byte[]> out) {
    try (SortedRecords records = new SortedRecords(partition.getValue(), Ids.BYTES)) {
      while (records.nextKey()) {
        Fingerprint first = null;
        for (byte[] record = records.next(); record != null; record = records.nextAfter(record)) {
          Fingerprint unit = Ids.at(record, Ids.BYTES);
          if (first == null) {
            first = unit;
          } else {
            out.output(ConnectUnits.pair(unit, first));
          }
        }
      }
    }
  }
}
