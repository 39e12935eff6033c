package dev.tunebeam.transforms.deduplicate;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Collects records other than examples into chunks with a maximum size in bytes. Holds one chunk.
 */
final class RecordChunks {

  private final int shard;
  private final Chunk.Kind kind;
  private final long maxBytes;
  private final Consumer<Chunk> out;
  private final List<byte[]> records = new ArrayList<>();
  private long bytes;
  private int index;

  RecordChunks(int shard, Chunk.Kind kind, long maxBytes, Consumer<Chunk> out) {
    this.shard = shard;
    this.kind = kind;
    this.maxBytes = maxBytes;
    this.out = out;
  }

  void add(byte[] record) {
    if (!records.isEmpty() && bytes + Chunk.size(record) > maxBytes) {
      finish();
    }
    records.add(record);
    bytes += Chunk.size(record);
  }

  /** Emits the last chunk. */
  void finish() {
    if (!records.isEmpty()) {
      out.accept(Chunk.of(shard, index++, kind, records));
      records.clear();
      bytes = 0;
    }
  }
}
