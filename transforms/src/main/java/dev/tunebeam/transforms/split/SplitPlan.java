package dev.tunebeam.transforms.split;

import com.dynatrace.hash4j.hashing.Hashing;
import dev.tunebeam.transforms.deduplicate.Signature;
import dev.tunebeam.transforms.fingerprint.Fingerprint;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The plan of the split: in each shard, the first prompts of each signature, in seeded fingerprint
 * order, go to validation, the next ones to train, and the last ones may be left out. A function of
 * the examples' fingerprints and the seed; rows are not read again. Holds a number per signature
 * and shard.
 */
public final class SplitPlan implements Serializable {

  private final TreeMap<Signature, SortedMap<Integer, Integer>> chosen = new TreeMap<>();
  private final TreeSet<Fingerprint> chosenSpanning = new TreeSet<>();

  /** The prompts that are used, without those that are all used. */
  private final TreeMap<Signature, SortedMap<Integer, Integer>> kept = new TreeMap<>();

  private final TreeSet<Fingerprint> leftOutSpanning = new TreeSet<>();

  private SplitPlan() {}

  /**
   * Plans the split.
   *
   * @param strata for each signature the number of its prompts in each shard
   * @param spanning prompts with so many examples that they do not fit into one chunk, each with
   *     its signature; not in {@code strata}
   * @param sampling how many examples are used
   * @param share of these examples that go to validation; those that the validation input has go
   *     there beside it
   * @param seed decides which shards get the remainder
   */
  public static SplitPlan of(
      SortedMap<Signature, ? extends SortedMap<Integer, Integer>> strata,
      SortedMap<Fingerprint, Signature> spanning,
      Sampling sampling,
      double share,
      long seed) {
    SortedMap<Signature, Long> counts = new TreeMap<>();
    strata.forEach(
        (signature, byShard) -> {
          long prompts = byShard.values().stream().mapToLong(Integer::longValue).sum();
          counts.merge(signature, prompts, Long::sum);
        });
    spanning.values().forEach(signature -> counts.merge(signature, 1L, Long::sum));
    SortedMap<Signature, Long> used = new TreeMap<>(sampling.kept(counts));
    SortedMap<Signature, Long> free = new TreeMap<>(used);
    free.keySet().removeIf(signature -> signature.given() || signature.pinned());
    SortedMap<Signature, Long> totals = SplitPlanner.plan(free, share);
    used.forEach(
        (signature, prompts) -> {
          if (signature.given()) {
            totals.put(signature, prompts);
          }
        });

    SplitPlan plan = new SplitPlan();
    spanning.forEach(
        (prompt, signature) -> {
          // Few and large: the first ones in order, as long as their signature has prompts left.
          long left = totals.getOrDefault(signature, 0L);
          long usable = used.getOrDefault(signature, 0L);
          if (left > 0) {
            totals.put(signature, left - 1);
            plan.chosenSpanning.add(prompt);
          }
          if (usable > 0) {
            used.put(signature, usable - 1);
          } else {
            plan.leftOutSpanning.add(prompt);
          }
        });
    strata.forEach(
        (signature, byShard) -> {
          SortedMap<Integer, Integer> usable =
              apportion(byShard, used.getOrDefault(signature, 0L), signature, seed);
          if (!usable.equals(byShard)) {
            plan.kept.put(signature, usable);
          }
          plan.chosen.put(
              signature, apportion(usable, totals.getOrDefault(signature, 0L), signature, seed));
        });
    return plan;
  }

  /** Divides a number among the shards in proportion to their prompts, by largest remainder. */
  private static SortedMap<Integer, Integer> apportion(
      SortedMap<Integer, Integer> byShard, long total, Signature signature, long seed) {
    long prompts = byShard.values().stream().mapToLong(Integer::longValue).sum();
    TreeMap<Integer, Integer> shares = new TreeMap<>();
    if (prompts == 0) {
      return shares;
    }
    List<Integer> byRemainder = new ArrayList<>(byShard.keySet());
    String name = signature.toString();
    long left = total;
    for (Map.Entry<Integer, Integer> shard : byShard.entrySet()) {
      // No overflow: a shard has less than 2³¹ prompts, so there may be 2³² of one signature; with
      // a million in a shard, as a file has, there may be 2⁴³.
      int floor = (int) (total * shard.getValue() / prompts);
      shares.put(shard.getKey(), floor);
      left -= floor;
    }
    byRemainder.sort(
        Comparator.<Integer>comparingLong(
                shard -> -(total * byShard.getOrDefault(shard, 0) % prompts))
            .thenComparingLong(
                shard ->
                    Hashing.xxh3_64(seed).hashStream().putString(name).putInt(shard).getAsLong()));
    for (Integer shard : byRemainder.subList(0, (int) left)) {
      shares.merge(shard, 1, Integer::sum);
    }
    return shares;
  }

  /**
   * Whether a prompt goes to validation.
   *
   * @param rank number of prompts of the signature before it in the shard
   */
  public boolean isValidation(Signature signature, int shard, int rank) {
    Map<Integer, Integer> byShard = chosen.get(signature);
    return byShard != null && rank < byShard.getOrDefault(shard, 0);
  }

  /** Whether a prompt is left out; parameters as above. */
  public boolean isLeftOut(Signature signature, int shard, int rank) {
    Map<Integer, Integer> byShard = kept.get(signature);
    return byShard != null && rank >= byShard.getOrDefault(shard, 0);
  }

  /** Whether a prompt that does not fit into one chunk is left out. */
  public boolean isLeftOut(Fingerprint spanning) {
    return leftOutSpanning.contains(spanning);
  }

  /** Whether any prompt is left out. */
  public boolean leavesOut() {
    return !kept.isEmpty() || !leftOutSpanning.isEmpty();
  }

  /** Whether a prompt that does not fit into one chunk goes to validation. */
  public boolean isValidation(Fingerprint spanning) {
    return chosenSpanning.contains(spanning);
  }
}
