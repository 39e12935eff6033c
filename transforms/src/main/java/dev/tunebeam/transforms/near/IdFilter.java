package dev.tunebeam.transforms.near;

import dev.tunebeam.transforms.fingerprint.Fingerprint;
import java.io.Serializable;

/**
 * A Bloom filter of ids: says of some ids that they are in it although they are not, never the
 * other way. Ids are hashes already, so their bits are the positions.
 */
final class IdFilter implements Serializable {

  private static final int HASHES = 4;

  private final long[] bits;

  /**
   * An empty filter.
   *
   * @param log2Bits logarithm of the number of bits, from 6 to 31
   */
  IdFilter(int log2Bits) {
    bits = new long[1 << (log2Bits - 6)];
  }

  void add(Fingerprint id) {
    for (int i = 0; i < HASHES; i++) {
      long bit = bit(id, i);
      bits[(int) (bit >>> 6)] |= 1L << bit;
    }
  }

  boolean mayContain(Fingerprint id) {
    for (int i = 0; i < HASHES; i++) {
      long bit = bit(id, i);
      if ((bits[(int) (bit >>> 6)] & (1L << bit)) == 0) {
        return false;
      }
    }
    return true;
  }

  void addAll(IdFilter other) {
    for (int i = 0; i < bits.length; i++) {
      bits[i] |= other.bits[i];
    }
  }

  private long bit(Fingerprint id, int i) {
    return (id.low() + i * (id.high() | 1)) >>> 7 & (64L * bits.length - 1);
  }
}
