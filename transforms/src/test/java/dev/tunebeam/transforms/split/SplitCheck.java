package dev.tunebeam.transforms.split;

import dev.tunebeam.transforms.deduplicate.Signature;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What the split promises, checked class by class in the simplest way. */
final class SplitCheck {

  private SplitCheck() {}

  /** Classes with two prompts or more that are not in both splits. */
  static List<String> absent(SortedMap<Signature, Long> counts, Map<Signature, Long> chosen) {
    SortedMap<String, long[]> prompts = new TreeMap<>();
    counts.forEach(
        (signature, count) -> {
          for (String name : signature.classes()) {
            long[] sums = prompts.computeIfAbsent(name, n -> new long[2]);
            sums[0] += count;
            sums[1] += chosen.getOrDefault(signature, 0L);
          }
        });
    List<String> absent = new ArrayList<>();
    prompts.forEach(
        (name, sums) -> {
          if (sums[0] >= 2 && (sums[1] == 0 || sums[1] == sums[0])) {
            absent.add(name);
          }
        });
    return absent;
  }

  /** Classes whose share is off by more than one example and more than their largest group. */
  static List<String> outOfBounds(
      SortedMap<Signature, Long> counts, Map<Signature, Long> chosen, double share) {
    SortedMap<String, double[]> examples = new TreeMap<>();
    counts.forEach(
        (signature, count) -> {
          for (int c = 0; c < signature.classes().size(); c++) {
            double[] sums =
                examples.computeIfAbsent(signature.classes().get(c), n -> new double[] {0, 0, 1});
            int size = signature.sizes().get(c);
            sums[0] += (double) size * count;
            sums[1] += (double) size * chosen.getOrDefault(signature, 0L);
            sums[2] = Math.max(sums[2], size);
          }
        });
    List<String> out = new ArrayList<>();
    examples.forEach(
        (name, sums) -> {
          if (Math.abs(sums[1] - share * sums[0]) > sums[2] + 1e-5) {
            out.add(name);
          }
        });
    return out;
  }
}
