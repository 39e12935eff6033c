package dev.tunebeam.transforms.deduplicate;

import dev.tunebeam.transforms.fingerprint.Fingerprint;
import dev.tunebeam.transforms.shard.ExampleRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What deduplication means, in the simplest words: the reference that the real one is held to. */
final class NaiveDeduplicator {

  static final Comparator<ExampleRow> INPUT_ORDER =
      Comparator.comparing(ExampleRow::source).thenComparingInt(ExampleRow::ordinal);

  static final Comparator<ExampleRow> SHARD_ORDER =
      Comparator.comparing(ExampleRow::promptFingerprint)
          .thenComparing(ExampleRow::wholeFingerprint)
          .thenComparing(INPUT_ORDER);

  final List<ExampleRow> kept = new ArrayList<>();
  final List<ExampleRow> rejected = new ArrayList<>();
  final List<ExampleRow> duplicates = new ArrayList<>();
  final List<List<ExampleRow>> conflicts = new ArrayList<>();

  NaiveDeduplicator(List<ExampleRow> rows, DedupBy dedupBy, Conflicts policy) {
    Map<Fingerprint, List<ExampleRow>> byPrompt = new TreeMap<>();
    for (ExampleRow row : rows.stream().sorted(INPUT_ORDER).toList()) {
      byPrompt.computeIfAbsent(row.promptFingerprint(), p -> new ArrayList<>()).add(row);
    }
    byPrompt.values().forEach(examples -> decide(examples, dedupBy, policy));
    kept.sort(SHARD_ORDER);
    rejected.sort(SHARD_ORDER);
  }

  private void decide(List<ExampleRow> examples, DedupBy dedupBy, Conflicts policy) {
    Map<Integer, List<ExampleRow>> byAnswer = new LinkedHashMap<>();
    for (ExampleRow row : examples) {
      byAnswer.computeIfAbsent(row.answer(), a -> new ArrayList<>()).add(row);
    }
    List<ExampleRow> allowed = new ArrayList<>(examples);
    if (byAnswer.size() > 1) {
      conflicts.add(examples);
      if (policy == Conflicts.REJECT) {
        allowed.clear();
      }
      if (policy == Conflicts.MAJORITY) {
        int most = byAnswer.values().stream().mapToInt(List::size).max().orElseThrow();
        List<List<ExampleRow>> largest =
            byAnswer.values().stream().filter(same -> same.size() == most).toList();
        allowed = largest.size() == 1 ? largest.get(0) : List.of();
      }
    }
    boolean anyOfPromptKept = false;
    for (List<ExampleRow> same : byAnswer.values()) {
      boolean isAllowed = allowed.contains(same.get(0));
      for (ExampleRow row : same) {
        boolean isFirst = row.equals(same.get(0)) || dedupBy == DedupBy.NONE;
        if (!isAllowed) {
          (isFirst ? rejected : duplicates).add(row);
        } else if (!isFirst || (dedupBy == DedupBy.PROMPT && anyOfPromptKept)) {
          duplicates.add(row);
        } else {
          kept.add(row);
          anyOfPromptKept = true;
        }
      }
    }
  }
}
