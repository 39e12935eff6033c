package dev.tunebeam.transforms.write;

import dev.tunebeam.transforms.fingerprint.Fingerprint;
import java.nio.ByteBuffer;

/**
 * A near copy in the dataset, and its side of the split.
 *
 * @param id of its text
 * @param other the text that it is a copy of; its own id if others are copies of it
 * @param isValidation whether it is in validation
 */
record SplitLink(Fingerprint id, Fingerprint other, boolean isValidation) {

  /** Partitions of the count; there are few near copies. */
  static final int PARTITIONS = 64;

  private boolean isCopied() {
    return id.equals(other);
  }

  int partition() {
    return other.shard(PARTITIONS);
  }

  /** As bytes; those about one text are adjacent when sorted, the text itself before its copies. */
  byte[] encode() {
    return ByteBuffer.allocate(34)
        .putLong(other.high())
        .putLong(other.low())
        .put((byte) (isCopied() ? 0 : 1))
        .put((byte) (isValidation ? 1 : 0))
        .putLong(id.high())
        .putLong(id.low())
        .array();
  }

  static SplitLink decode(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    Fingerprint other = new Fingerprint(in.getLong(), in.getLong());
    boolean isValidation = in.get(17) != 0;
    in.position(18);
    return new SplitLink(new Fingerprint(in.getLong(), in.getLong()), other, isValidation);
  }
}
