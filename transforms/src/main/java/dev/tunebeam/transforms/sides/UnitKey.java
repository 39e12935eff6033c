package dev.tunebeam.transforms.sides;

import dev.tunebeam.transforms.fingerprint.Fingerprint;
import java.nio.ByteBuffer;

/**
 * A prompt, or a group of rows, and the unit that it is in.
 *
 * @param key the seeded fingerprint of the prompt or the group
 * @param isGroup whether it is a group
 * @param unit what stays on one side of the split
 */
record UnitKey(Fingerprint key, boolean isGroup, Fingerprint unit) {

  /** In 33 bytes that are sorted by key. */
  byte[] encode() {
    return ByteBuffer.allocate(33)
        .putLong(key.high())
        .putLong(key.low())
        .put((byte) (isGroup ? 1 : 0))
        .putLong(unit.high())
        .putLong(unit.low())
        .array();
  }

  static UnitKey decode(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    return new UnitKey(
        new Fingerprint(in.getLong(), in.getLong()),
        in.get() != 0,
        new Fingerprint(in.getLong(), in.getLong()));
  }
}
