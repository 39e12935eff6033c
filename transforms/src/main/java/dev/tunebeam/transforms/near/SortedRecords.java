package dev.tunebeam.transforms.near;

import dev.tunebeam.transforms.fingerprint.Fingerprint;
import dev.tunebeam.transforms.shard.SpillingSorter;
import java.util.Arrays;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * The records of a partition in order, by their first bytes: {@link #nextKey} moves to the records
 * of the next key, {@link #next} through these. Holds 32 MiB and a record; the rest is in temporary
 * files.
 */
final class SortedRecords implements AutoCloseable {

  private static final long SORT_BYTES = 1L << 25;

  private final SpillingSorter sorter = new SpillingSorter(SORT_BYTES);
  private final Iterator<byte[]> sorted;
  private final int keyBytes;
  private byte @Nullable [] head;
  private byte[] key = new byte[0];

  SortedRecords(Iterable<byte[]> records, int keyBytes) {
    this.keyBytes = keyBytes;
    for (byte[] record : records) {
      sorter.add(record);
    }
    sorted = sorter.sorted().iterator();
    head = sorted.hasNext() ? sorted.next() : null;
  }

  /** Moves to the next key; false at the end. What is left of the last one is skipped. */
  boolean nextKey() {
    while (next() != null) {
      // Skipped.
    }
    byte[] record = head;
    if (record == null) {
      return false;
    }
    key = Arrays.copyOf(record, keyBytes);
    return true;
  }

  /** The next record of the key that differs from this one; null after the last. */
  byte @Nullable [] nextAfter(byte[] record) {
    byte[] next = next();
    while (next != null && Arrays.equals(next, record)) {
      next = next();
    }
    return next;
  }

  /** The next record of the key; null after the last. */
  byte @Nullable [] next() {
    byte[] record = head;
    if (record == null || !isOfKey(record)) {
      return null;
    }
    head = sorted.hasNext() ? sorted.next() : null;
    return record;
  }

  /** The id of the key. */
  Fingerprint id() {
    return Ids.at(key, 0);
  }

  /** The type of the key's next record, -1 after the last. */
  int nextType() {
    byte[] record = head;
    return record != null && isOfKey(record) ? Ids.type(record) : -1;
  }

  private boolean isOfKey(byte[] record) {
    return key.length == keyBytes && Arrays.equals(record, 0, keyBytes, key, 0, keyBytes);
  }

  @Override
  public void close() {
    sorter.close();
  }
}
