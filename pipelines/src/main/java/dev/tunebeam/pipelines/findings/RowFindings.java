package dev.tunebeam.pipelines.findings;

import dev.tunebeam.dataset.terminal.Figures;
import dev.tunebeam.transforms.inspect.Inspection;
import dev.tunebeam.transforms.inspect.Tally;
import dev.tunebeam.transforms.row.Reason;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Findings about rows that are left out: rejected, duplicates, conflicts. */
final class RowFindings {

  private RowFindings() {}

  static List<Finding> of(Corpus corpus) {
    Inspection inspection = corpus.inspection();
    FindingList list = new FindingList(corpus);
    Map<Reason, Map<String, Tally>> byReason = new TreeMap<>();
    inspection
        .rejections()
        .forEach(
            (kind, tally) ->
                byReason
                    .computeIfAbsent(kind.reason(), reason -> new TreeMap<>())
                    .put(kind.pattern(), tally));
    byReason.forEach((reason, kinds) -> rejected(list, corpus, reason, kinds));
    list.counted(
        "duplicates",
        inspection.duplicates(),
        inspection.summary().duplicates(),
        "duplicate example",
        "duplicate examples",
        "",
        "Duplicates weigh more in training, and leak from one split into the other.",
        "Nothing to do: the first occurrence is kept.");
    list.counted(
        "conflicts",
        inspection.conflicting(),
        inspection.summary().conflicts(),
        "prompt has",
        "prompts have",
        "conflicting answers (%s)"
            .formatted(Figures.counted(inspection.conflictingExamples(), "example", "examples")),
        corpus.isClassified()
            ? "A text with several classes: the model learns none of them well."
            : "The model learns all of them, which is fine only where several answers are right.",
        corpus.isClassified()
            ? "Set conflicts: majority to keep the most frequent answer."
            : "Review them; conflicts: majority or reject leaves answers out.");
    return list.list();
  }

  /** One finding for a reason: with its kinds, most frequent first, if there are several. */
  private static void rejected(
      FindingList list, Corpus corpus, Reason reason, Map<String, Tally> kinds) {
    Tally all = new Tally();
    kinds.values().forEach(all::merge);
    String only = kinds.size() == 1 ? kinds.keySet().iterator().next() : "";
    String what = only.isEmpty() ? RejectionTexts.what(reason) : only;
    list.add(
        reason.toString(),
        all,
        Figures.counted(all.count(), "row", "rows") + " rejected: " + what,
        RejectionTexts.why(reason),
        RejectionTexts.action(reason, corpus.limit()),
        kinds.size() == 1 ? List.of() : byCount(kinds));
  }

  private static List<String> byCount(Map<String, Tally> kinds) {
    return kinds.entrySet().stream()
        .sorted(Comparator.comparing((Map.Entry<String, Tally> kind) -> -kind.getValue().count()))
        .map(kind -> Figures.count(kind.getValue().count()) + ": " + kind.getKey())
        .toList();
  }
}
