package dev.tunebeam.transforms.near;

import static dev.tunebeam.transforms.near.RequestFn.AWAITS;
import static dev.tunebeam.transforms.near.RequestFn.TEXT;

import dev.tunebeam.transforms.compare.ComparedText;
import dev.tunebeam.transforms.fingerprint.Fingerprint;
import java.util.Arrays;
import org.apache.beam.sdk.values.KV;
import org.jspecify.annotations.Nullable;

/**
 * Sends each text to the ones that it is compared with, and those that await others to themselves:
 * {@code id 16 | SENT or TEXT 1 | text}. Of several rows with a text, the first one stands for it.
 */
final class SendFn extends EachKeyFn<KV<Integer, byte[]>> {

  private final int partitions;

  SendFn(int partitions) {
    super(Ids.BYTES);
    this.partitions = partitions;
  }

  @Override
  void process(SortedRecords records, OutputReceiver<KV<Integer, byte[]>> out) {
    byte @Nullable [] text = null;
    boolean awaits = false;
    for (byte[] record = records.next(); record != null; record = records.next()) {
      int type = Ids.type(record);
      if (type == TEXT) {
        text = text == null ? record : withGiven(text, record);
      } else if (text != null && type != AWAITS) {
        send(text, type, Ids.at(record, Ids.CONTENT), out);
      } else if (text != null && !awaits) {
        awaits = true;
        send(text, TEXT, records.id(), out);
      }
    }
  }

  private static byte[] withGiven(byte[] first, byte[] other) {
    int given = Ids.CONTENT + ComparedText.GIVEN_AT;
    if (first[given] == other[given]) {
      return first;
    }
    byte[] changed = Arrays.copyOf(first, first.length);
    changed[given] = 1;
    return changed;
  }

  private void send(
      byte[] text, int type, Fingerprint to, OutputReceiver<KV<Integer, byte[]>> out) {
    out.output(KV.of(to.shard(partitions), Ids.record(to, type, text, Ids.CONTENT)));
  }
}
