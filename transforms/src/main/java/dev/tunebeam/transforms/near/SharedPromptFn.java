package dev.tunebeam.transforms.near;

import dev.tunebeam.transforms.fingerprint.Fingerprint;

/** Prompts and their units to pairs of units that have a prompt in common: two ids, 32 bytes. */
final class SharedPromptFn extends EachKeyFn<byte[]> {

  SharedPromptFn() {
    super(Ids.BYTES);
  }

  @Override
  void process(SortedRecords records, OutputReceiver<byte[]> out) {
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
