package dev.tunebeam.transforms.split;

import dev.tunebeam.transforms.deduplicate.ShardSummary;
import java.io.Serializable;
import java.util.Arrays;
import java.util.SortedMap;

/**
 * The first prompts of a signature in their order: all of the buckets before one, and of that one
 * those up to the last. What is the last is open until the orders in the bucket are known.
 *
 * @param bucket the bucket that is cut; -1 for no prompt
 * @param rest how many of that bucket are meant
 * @param last the order of the last one, as an unsigned number
 * @param isOpen whether it is not known yet
 */
record Cut(int bucket, long rest, long last, boolean isOpen) implements Serializable {

  private static final Cut NONE = new Cut(-1, 0, 0, false);
  private static final Cut ALL = new Cut(Integer.MAX_VALUE, 0, 0, false);

  /** The first prompts of a signature, by the number of its prompts in each bucket. */
  static Cut of(SortedMap<Integer, Integer> byBucket, long wanted) {
    long left = wanted;
    for (var count : byBucket.entrySet()) {
      if (left > 0 && left <= count.getValue() && !isLast(byBucket, count.getKey(), left)) {
        return new Cut(count.getKey(), left, 0, true);
      }
      left -= count.getValue();
    }
    return wanted <= 0 ? NONE : ALL;
  }

  private static boolean isLast(SortedMap<Integer, Integer> byBucket, int bucket, long left) {
    return bucket == byBucket.lastKey() && left == byBucket.getOrDefault(bucket, 0);
  }

  /** Whether the order of a prompt has to be known to find the last one. */
  boolean asks(long order) {
    return isOpen && ShardSummary.bucket(order) == bucket;
  }

  /** The cut with its last prompt, by all orders that it {@linkplain #asks asks} for, or more. */
  Cut closed(long[] orders) {
    if (!isOpen) {
      return this;
    }
    // As unsigned numbers.
    long[] sorted =
        Arrays.stream(orders).filter(this::asks).map(o -> o ^ Long.MIN_VALUE).sorted().toArray();
    return new Cut(bucket, rest, sorted[(int) rest - 1] ^ Long.MIN_VALUE, false);
  }

  /** Whether a prompt is among the first. */
  boolean includes(long order) {
    int of = ShardSummary.bucket(order);
    return of < bucket || (of == bucket && Long.compareUnsigned(order, last) <= 0);
  }
}
