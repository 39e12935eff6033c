package dev.tunebeam.transforms.deduplicate;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Consumer;

/**
 * Collects records that are no examples into chunks of at most so many bytes; each record is its
 * length in 4 bytes and itself. Holds one chunk.
 */
final class RecordChunks {

  private final int shard;
  private final Chunk.Kind kind;
  private final long maxBytes;
  private final Consumer<Chunk> out;
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private int index;

  RecordChunks(int shard, Chunk.Kind kind, long maxBytes, Consumer<Chunk> out) {
    this.shard = shard;
    this.kind = kind;
    this.maxBytes = maxBytes;
    this.out = out;
  }

  void add(byte[] record) {
    if (body.size() > 0 && body.size() + 4L + record.length > maxBytes) {
      finish();
    }
    try (DataOutputStream data = new DataOutputStream(body)) {
      data.writeInt(record.length);
      data.write(record);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Hands out what there is. */
  void finish() {
    if (body.size() == 0) {
      return;
    }
    out.accept(
        new Chunk(shard, index++, kind, body.toByteArray(), new byte[0], List.of(), List.of()));
    body.reset();
  }
}
