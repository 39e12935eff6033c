package dev.tunebeam.transforms.sides;

import dev.tunebeam.transforms.fingerprint.Fingerprint;
import java.nio.ByteBuffer;

/**
 * What is remembered of a prompt, or of a group of rows: 16 bytes.
 *
 * <pre>
 * fingerprint 78 bits | is a group 1 bit | is in validation 1 bit | content 48 bits
 * </pre>
 *
 * Sorted by fingerprint as unsigned numbers. Among a hundred million prompts the probability that
 * any two have the same 78 bits is about 1 in 60 million; these two would share their side. A
 * change of content goes unseen with a probability of 1 in 2⁴⁸.
 *
 * @param high the first 64 bits
 * @param rest the others
 */
public record Known(long high, long rest) {

  /** The size of an entry. */
  public static final int BYTES = 16;

  private static final int CONTENT_BITS = 48;
  private static final long CONTENT = (1L << CONTENT_BITS) - 1;
  private static final long VALIDATION = 1L << CONTENT_BITS;
  private static final long GROUP = 1L << (CONTENT_BITS + 1);
  private static final long KEY = -(1L << (CONTENT_BITS + 2));

  /**
   * A prompt or a group, in train.
   *
   * @param key its seeded fingerprint
   * @param examples the sum of the fingerprints of its examples, whatever their order
   */
  public static Known of(Fingerprint key, boolean isGroup, long examples) {
    long content = examples >>> (Long.SIZE - CONTENT_BITS);
    return new Known(
        key.high(), (key.low() & KEY) | (isGroup ? GROUP : 0) | (content == 0 ? 1 : content));
  }

  /** The same on a side. */
  public Known on(boolean isInValidation) {
    return new Known(high, isInValidation ? rest | VALIDATION : rest & ~VALIDATION);
  }

  /** The same when the dataset no longer has it. */
  public Known gone() {
    return new Known(high, rest & ~CONTENT);
  }

  public boolean isGone() {
    return content() == 0;
  }

  /** What tells whether the examples changed; 0 if they are gone. */
  public long content() {
    return rest & CONTENT;
  }

  public boolean isGroup() {
    return (rest & GROUP) != 0;
  }

  public boolean isValidation() {
    return (rest & VALIDATION) != 0;
  }

  /** The order by fingerprint. */
  public int compareKey(Known other) {
    int first = Long.compareUnsigned(high, other.high);
    return first != 0 ? first : Long.compareUnsigned(rest & KEY, other.rest & KEY);
  }

  /** The order by fingerprint, against that of a prompt. */
  public int compareKey(Fingerprint key) {
    int first = Long.compareUnsigned(high, key.high());
    return first != 0 ? first : Long.compareUnsigned(rest & KEY, key.low() & KEY);
  }

  /** The shard of the fingerprint. */
  public int shard(int shards) {
    return new Fingerprint(high, rest).shard(shards);
  }

  /** Writes it. */
  public void put(ByteBuffer out) {
    out.putLong(high).putLong(rest);
  }

  /** Reads what {@link #put} wrote. */
  public static Known get(ByteBuffer in) {
    return new Known(in.getLong(), in.getLong());
  }
}
