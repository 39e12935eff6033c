package dev.tunebeam.transforms.fingerprint;

import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hashing;
import java.io.Serializable;
import java.util.Locale;

/**
 * A 128-bit hash of a text: equal texts have equal fingerprints; among n different texts the
 * probability of a collision is about n²/2¹²⁹. Ordered as an unsigned number.
 */
public record Fingerprint(long high, long low) implements Comparable<Fingerprint>, Serializable {

  /** The fingerprint of a text as it is. */
  public static Fingerprint of(String text) {
    HashValue128 value = Hashing.xxh3_128().hashCharsTo128Bits(text);
    return new Fingerprint(value.getMostSignificantBits(), value.getLeastSignificantBits());
  }

  /**
   * A different fingerprint for every seed, still unique per text: the order of seeded fingerprints
   * is a shuffle. The seed is added, then each half goes through a bijection (Stafford's variant 13
   * of MurmurHash3's finalizer).
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
   * The shard of this fingerprint: {@code shards} equal ranges, 0 for the lowest fingerprints.
   * Depends on nothing else.
   */
  public int shard(int shards) {
    return (int) (((high >>> 32) * shards) >>> 32);
  }

  /**
   * The rank among units of the same kind, as an unsigned number: bits that the shard does not use,
   * so that the number of shards changes no rank.
   */
  public long order() {
    return low;
  }

  @Override
  public int compareTo(Fingerprint other) {
    int first = Long.compareUnsigned(high, other.high);
    return first != 0 ? first : Long.compareUnsigned(low, other.low);
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%016x%016x", high, low);
  }
}
