package dev.tunebeam.transforms.split;

import dev.tunebeam.transforms.deduplicate.ShardSummary;
import dev.tunebeam.transforms.deduplicate.Signature;
import dev.tunebeam.transforms.fingerprint.Fingerprint;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Plans splits of prompts that are given by their orders. */
final class Orders {

  private Orders() {}

  static SortedMap<Signature, SortedMap<Integer, Integer>> strata(Map<Signature, long[]> prompts) {
    SortedMap<Signature, SortedMap<Integer, Integer>> strata = new TreeMap<>();
    prompts.forEach(
        (signature, orders) -> {
          SortedMap<Integer, Integer> byBucket = new TreeMap<>();
          for (long order : orders) {
            byBucket.merge(ShardSummary.bucket(order), 1, Integer::sum);
          }
          strata.put(signature, byBucket);
        });
    return strata;
  }

  static SplitPlan plan(
      Map<Signature, long[]> prompts,
      SortedMap<Fingerprint, Signature> spanning,
      Sampling sampling,
      double share) {
    SplitQuota quota = SplitQuota.of(strata(prompts), spanning, sampling, share);
    OpenOrders open = new OpenOrders();
    prompts.forEach(
        (signature, orders) -> {
          for (long order : orders) {
            quota.ask(signature, order, open);
          }
        });
    return quota.close(List.of(open));
  }
}
