package dev.tunebeam.transforms.fingerprint;

import java.io.Serializable;

/**
 * 128 bits that stand for a text: equal texts have equal ones, and different texts different ones
 * but for a chance of about n²/2¹²⁹ among n texts. Ordered as an unsigned number.
 */
public record Fingerprint(long high, long low) implements Comparable<Fingerprint>, Serializable {

  /**
   * Another fingerprint for every seed, and still a different one for every text: the order of
   * seeded fingerprints is a shuffle. Each half goes through a bijection (Stafford's variant 13 of
   * MurmurHash3's finalizer) after the seed was added.
   */
  public Fingerprint shuffled(long seed) {
    long newHigh = mix(high + mix(seed + 0x9E3779B97F4A7C15L));
    return new Fingerprint(newHigh, mix(low + newHigh));
  }

  private static long mix(long bits) {
    long mixed = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }

  /**
   * Which of {@code shards} equal ranges this one falls into: 0 for the lowest fingerprints. A
   * function of nothing else.
   */
  public int shard(int shards) {
    return (int) (((high >>> 32) * shards) >>> 32);
  }

  @Override
  public int compareTo(Fingerprint other) {
    int first = Long.compareUnsigned(high, other.high);
    return first != 0 ? first : Long.compareUnsigned(low, other.low);
  }

  @Override
  public String toString() {
    return "%016x%016x".formatted(high, low);
  }
}
