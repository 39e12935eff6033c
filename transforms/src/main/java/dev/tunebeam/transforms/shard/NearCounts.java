package dev.tunebeam.transforms.shard;

import java.io.Serializable;
import java.nio.ByteBuffer;

/**
 * What was found when texts were compared, as counts that are added up.
 *
 * @param pairs near copies: pairs of texts
 * @param conflicts pairs of similar prompts with another class or answer
 * @param crowded texts that share a band with so many others that they were compared with a few
 * @param undecided texts that were kept because the rounds ended before they were decided
 * @param unread rows of evaluation sets that cannot be read
 */
public record NearCounts(long pairs, long conflicts, long crowded, long undecided, long unread)
    implements Serializable {

  public static final NearCounts NONE = new NearCounts(0, 0, 0, 0, 0);

  /** The sums. */
  public NearCounts plus(NearCounts other) {
    return new NearCounts(
        pairs + other.pairs,
        conflicts + other.conflicts,
        crowded + other.crowded,
        undecided + other.undecided,
        unread + other.unread);
  }

  byte[] encode() {
    return ByteBuffer.allocate(5 * Long.BYTES)
        .putLong(pairs)
        .putLong(conflicts)
        .putLong(crowded)
        .putLong(undecided)
        .putLong(unread)
        .array();
  }

  static NearCounts decode(byte[] bytes, int from) {
    ByteBuffer in = ByteBuffer.wrap(bytes, from, bytes.length - from);
    return new NearCounts(in.getLong(), in.getLong(), in.getLong(), in.getLong(), in.getLong());
  }
}
