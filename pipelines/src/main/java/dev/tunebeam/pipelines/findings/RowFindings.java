package dev.tunebeam.pipelines.findings;

import dev.tunebeam.dataset.terminal.Figures;
import dev.tunebeam.transforms.inspect.Inspection;
import dev.tunebeam.transforms.inspect.RejectionKind;
import dev.tunebeam.transforms.inspect.Tally;
import dev.tunebeam.transforms.row.Reason;
import java.util.List;
import java.util.Map;

/** Findings about rows that are left out: rejected, duplicates, conflicts. */
final class RowFindings {

  private RowFindings() {}

  static List<Finding> of(Corpus corpus) {
    Inspection inspection = corpus.inspection();
    FindingList list = new FindingList(corpus);
    for (Map.Entry<RejectionKind, Tally> kind : inspection.rejections().entrySet()) {
      rejected(list, corpus, kind.getKey(), kind.getValue());
    }
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

  private static void rejected(FindingList list, Corpus corpus, RejectionKind kind, Tally tally) {
    Reason reason = kind.reason();
    list.tally(
        kind.toString(),
        tally,
        "row",
        "rows",
        "rejected: " + (kind.pattern().isEmpty() ? RejectionTexts.what(reason) : kind.pattern()),
        RejectionTexts.why(reason),
        RejectionTexts.action(reason, corpus.limit()));
  }
}
