package dev.tunebeam.pipelines.prepare;

import dev.tunebeam.dataset.Manifest;
import dev.tunebeam.dataset.Manifest.PerExample;
import java.util.Map;
import java.util.SortedMap;

/** Percentiles by nearest rank, from the number of examples by size. Pure functions. */
final class Percentiles {

  private Percentiles() {}

  /** Minimum, p50, p95 and maximum; all 0 of nothing. */
  static PerExample ofTokens(SortedMap<Integer, Long> counts) {
    return counts.isEmpty()
        ? new PerExample(0, 0, 0, 0)
        : new PerExample(counts.firstKey(), of(counts, 50), of(counts, 95), counts.lastKey());
  }

  /** p50 and p95; both 0 of nothing. */
  static Manifest.Lengths ofLines(SortedMap<Integer, Long> counts) {
    return counts.isEmpty()
        ? new Manifest.Lengths(0, 0)
        : new Manifest.Lengths(of(counts, 50), of(counts, 95));
  }

  private static long of(SortedMap<Integer, Long> counts, int percent) {
    long examples = counts.values().stream().mapToLong(Long::longValue).sum();
    long rank = (examples * percent + 99) / 100;
    long seen = 0;
    for (Map.Entry<Integer, Long> count : counts.entrySet()) {
      seen += count.getValue();
      if (seen >= rank) {
        return count.getKey();
      }
    }
    return counts.lastKey();
  }
}
