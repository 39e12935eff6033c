package dev.tunebeam.pipelines.findings;

import dev.tunebeam.dataset.terminal.Figures;
import dev.tunebeam.transforms.inspect.Inspection;
import dev.tunebeam.transforms.inspect.RejectionKind;
import dev.tunebeam.transforms.inspect.Tally;
import dev.tunebeam.transforms.row.Reason;
import java.util.List;
import java.util.Map;

/** Rows that are left out: rejected, duplicates, conflicts. */
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
        "example is",
        "examples are",
        "in the corpus already",
        "Copies count several times in training, and land in both splits if they stay.",
        "Nothing to do: the first of each stays, the others are left out.");
    list.counted(
        "conflicts",
        inspection.conflicting(),
        inspection.summary().conflicts(),
        "prompt has",
        "prompts have",
        "different answers (%s)"
            .formatted(Figures.counted(inspection.conflictingExamples(), "example", "examples")),
        corpus.isClassified()
            ? "A text cannot belong to several classes: the model learns none of them well."
            : "The model learns all of them at once; that is right only where several answers are.",
        corpus.isClassified()
            ? "conflicts: majority keeps the answer that most rows give."
            : "Look at them; conflicts: majority or reject leaves answers out.");
    return list.list();
  }

  private static void rejected(FindingList list, Corpus corpus, RejectionKind kind, Tally tally) {
    Reason reason = kind.reason();
    list.tally(
        kind.toString(),
        tally,
        "row",
        "rows",
        "cannot be used: "
            + (kind.pattern().isEmpty() ? RejectionTexts.what(reason) : kind.pattern()),
        RejectionTexts.why(reason),
        RejectionTexts.action(reason, corpus.limit()));
  }
}
