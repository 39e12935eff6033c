package dev.tunebeam.transforms.split;

import dev.tunebeam.transforms.deduplicate.Chunk;
import dev.tunebeam.transforms.deduplicate.ShardSummary;
import dev.tunebeam.transforms.deduplicate.Signature;
import dev.tunebeam.transforms.fingerprint.Fingerprint;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How many prompts of each signature go where, as counts alone decide it, and from which buckets of
 * their order. In a few buckets the orders of all prompts have to be known; with these it becomes a
 * {@link SplitPlan}. Holds a number per signature and bucket.
 */
public final class SplitQuota implements Serializable {

  private final TreeMap<Signature, Cut> validation = new TreeMap<>();
  private final TreeMap<Signature, Cut> used = new TreeMap<>();
  private final TreeMap<Fingerprint, Signature> spanning;
  private final boolean leavesOut;
  private final List<Shortfall> shortfalls;

  private SplitQuota(
      SortedMap<Fingerprint, Signature> spanning, boolean leavesOut, List<Shortfall> shortfalls) {
    this.spanning = new TreeMap<>(spanning);
    this.leavesOut = leavesOut;
    this.shortfalls = List.copyOf(shortfalls);
  }

  /**
   * Decides about the split.
   *
   * @param strata for each signature the number of its prompts by bucket of their order
   * @param spanning prompts with so many examples that they do not fit into one chunk, each with
   *     its signature; not in {@code strata}
   * @param sampling how many examples are used
   * @param share of these examples that go to validation; those that the validation input has go
   *     there beside it
   */
  public static SplitQuota of(
      SortedMap<Signature, ? extends SortedMap<Integer, Integer>> strata,
      SortedMap<Fingerprint, Signature> spanning,
      Sampling sampling,
      double share) {
    SortedMap<Signature, SortedMap<Integer, Integer>> all = new TreeMap<>();
    strata.forEach((signature, byBucket) -> all.put(signature, new TreeMap<>(byBucket)));
    spanning.forEach(
        (prompt, signature) ->
            all.computeIfAbsent(signature, s -> new TreeMap<>())
                .merge(ShardSummary.bucket(prompt.order()), 1, Integer::sum));
    SortedMap<Signature, Long> counts = new TreeMap<>();
    all.forEach(
        (signature, byBucket) ->
            counts.put(signature, byBucket.values().stream().mapToLong(Integer::longValue).sum()));
    SortedMap<Signature, Long> used = sampling.kept(counts);
    SortedMap<Signature, Long> free = new TreeMap<>(used);
    free.keySet().removeIf(signature -> signature.side() != Signature.Side.OPEN);
    SortedMap<Signature, Long> known = new TreeMap<>(used);
    known.keySet().removeIf(signature -> !signature.side().isKnown());
    List<Shortfall> shortfalls = new ArrayList<>();
    SortedMap<Signature, Long> totals = new TreeMap<>();
    if (share > 0) {
      SplitDraft draft = SplitPlanner.draft(free, known, share);
      totals.putAll(draft.plan());
      shortfalls.addAll(draft.shortfalls());
    }
    used.forEach(
        (signature, prompts) -> {
          if (signature.side() == Signature.Side.GIVEN
              || signature.side() == Signature.Side.WAS_VALIDATION) {
            totals.put(signature, prompts);
          }
        });
    SplitQuota quota = new SplitQuota(spanning, !used.equals(counts), shortfalls);
    all.forEach(
        (signature, byBucket) -> {
          quota.validation.put(signature, Cut.of(byBucket, totals.getOrDefault(signature, 0L)));
          quota.used.put(signature, Cut.of(byBucket, used.getOrDefault(signature, 0L)));
        });
    return quota;
  }

  /** The orders that have to be known, of the prompts of a chunk. */
  public OpenOrders open(Chunk outline) {
    OpenOrders open = new OpenOrders();
    for (Chunk.Group group : outline.groups()) {
      Signature signature = group.signature();
      if (signature != null) {
        ask(signature, group.order(), open);
      }
    }
    return open;
  }

  void ask(Signature signature, long order, OpenOrders open) {
    Cut validationCut = validation.get(signature);
    Cut usedCut = used.get(signature);
    if ((validationCut != null && validationCut.asks(order))
        || (usedCut != null && usedCut.asks(order))) {
      open.add(signature, order);
    }
  }

  /** The plan, by the open orders of all chunks; they may come in any order. */
  public SplitPlan close(Iterable<OpenOrders> parts) {
    OpenOrders open = new OpenOrders();
    parts.forEach(open::addAll);
    spanning.forEach((prompt, signature) -> ask(signature, prompt.order(), open));
    return new SplitPlan(
        closed(validation, open),
        leavesOut ? closed(used, open) : new TreeMap<>(),
        spanning,
        shortfalls);
  }

  private static SortedMap<Signature, Cut> closed(SortedMap<Signature, Cut> cuts, OpenOrders open) {
    TreeMap<Signature, Cut> closed = new TreeMap<>();
    cuts.forEach((signature, cut) -> closed.put(signature, cut.closed(open.of(signature))));
    return closed;
  }
}
