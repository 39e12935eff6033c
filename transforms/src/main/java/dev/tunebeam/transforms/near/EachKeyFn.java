package dev.tunebeam.transforms.near;

import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;

/**
 * A step that works on the records of one key after the other, in order; see {@link SortedRecords}.
 */
abstract class EachKeyFn<O> extends DoFn<KV<Integer, Iterable<byte[]>>, O> {

  private final int keyBytes;

  /**
   * @param keyBytes how many bytes at the beginning of a record are its key
   */
  EachKeyFn(int keyBytes) {
    this.keyBytes = keyBytes;
  }

  /** Processes the records of the key that has just been reached. */
  abstract void process(SortedRecords records, OutputReceiver<O> out);

  @ProcessElement
  public void processPartition(
      @Element KV<Integer, Iterable<byte[]>> partition, OutputReceiver<O> out) {
    try (SortedRecords records = new SortedRecords(partition.getValue(), keyBytes)) {
      while (records.nextKey()) {
        process(records, out);
      }
    }
  }
}
