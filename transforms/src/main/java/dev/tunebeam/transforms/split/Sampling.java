package dev.tunebeam.transforms.split;

import dev.tunebeam.transforms.deduplicate.Signature;
import java.io.Serializable;
import java.util.Comparator;
import java.util.Locale;
import java.util.PriorityQueue;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How many of the examples to use. Each class keeps its share to within one example, or to within
 * its largest group of examples with one prompt; examples with one prompt stay together. A function
 * of counts alone.
 *
 * @param share of the examples, above 0 to 1
 * @param limit the maximum number of examples
 */
public record Sampling(double share, long limit) implements Serializable {

  /** All examples. */
  public static final Sampling ALL = new Sampling(1, Long.MAX_VALUE);

  /** Refuses what leaves nothing. */
  public Sampling {
    if (!(share > 0 && share <= 1) || limit < 1) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "a share of %s, a limit of %d", share, limit));
    }
  }

  /** About how many of the examples are used; exactly if no two have one prompt. */
  public long of(long examples) {
    return share == 1 ? Math.min(limit, examples) : Math.min(limit, Math.round(share * examples));
  }

  /** The number of prompts of each signature that are used. */
  SortedMap<Signature, Long> kept(SortedMap<Signature, Long> counts) {
    long examples = 0;
    for (var count : counts.entrySet()) {
      examples += count.getKey().size() * count.getValue();
    }
    double part = examples == 0 ? 1 : Math.min(share, (double) limit / examples);
    if (part >= 1) {
      return counts;
    }
    SortedMap<Signature, Long> leftOut = SplitPlanner.plan(counts, 1 - part);
    SortedMap<Signature, Long> kept = new TreeMap<>();
    counts.forEach(
        (signature, count) -> kept.put(signature, count - leftOut.getOrDefault(signature, 0L)));
    trim(kept);
    return kept;
  }

  /** Rounding may keep a few examples too many; those go that are most frequent. */
  private void trim(SortedMap<Signature, Long> kept) {
    long over = -limit;
    for (var count : kept.entrySet()) {
      over += count.getKey().size() * count.getValue();
    }
    PriorityQueue<Signature> most =
        new PriorityQueue<>(
            Comparator.<Signature>comparingLong(signature -> -kept.getOrDefault(signature, 0L))
                .thenComparing(Comparator.naturalOrder()));
    if (over > 0) {
      most.addAll(kept.keySet());
    }
    while (over > 0) {
      Signature signature = most.remove();
      kept.merge(signature, -1L, Long::sum);
      most.add(signature);
      over -= signature.size();
    }
  }
}
