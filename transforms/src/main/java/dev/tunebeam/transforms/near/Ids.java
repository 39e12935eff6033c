package dev.tunebeam.transforms.near;

import dev.tunebeam.transforms.fingerprint.Fingerprint;
import java.nio.ByteBuffer;

/**
 * Records that begin with the id of a text or unit: {@code id 16 | type 1 | content}, so that
 * sorted records of one id are adjacent, by type.
 */
final class Ids {

  static final int BYTES = 16;
  static final int CONTENT = BYTES + 1;

  private Ids() {}

  static void put(ByteBuffer out, Fingerprint id) {
    out.putLong(id.high()).putLong(id.low());
  }

  static Fingerprint get(ByteBuffer in) {
    return new Fingerprint(in.getLong(), in.getLong());
  }

  /** The id at an index of a record. */
  static Fingerprint at(byte[] record, int from) {
    return get(ByteBuffer.wrap(record, from, BYTES));
  }

  static int type(byte[] record) {
    return record[BYTES];
  }

  /** A record with other bytes as its content, from an index on. */
  static byte[] record(Fingerprint id, int type, byte[] content, int from) {
    ByteBuffer out = ByteBuffer.allocate(CONTENT + content.length - from);
    put(out, id);
    return out.put((byte) type).put(content, from, content.length - from).array();
  }

  /** A record with another id as its content. */
  static byte[] record(Fingerprint id, int type, Fingerprint content) {
    ByteBuffer out = ByteBuffer.allocate(CONTENT + BYTES);
    put(out, id);
    out.put((byte) type);
    put(out, content);
    return out.array();
  }
}
