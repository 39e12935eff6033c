package dev.tunebeam.pipelines.prepare;

import dev.tunebeam.dataset.terminal.Figures;
import dev.tunebeam.transforms.deduplicate.Conflicts;
import dev.tunebeam.transforms.write.JobReport;
import java.util.ArrayList;
import java.util.List;

/** The warnings that follow from the counts of a job alone. Pure functions. */
final class ReportWarnings {

  private ReportWarnings() {}

  /** Says which conflicts are ties, and which images the token counts lack. */
  static List<String> of(JobReport report, Conflicts policy) {
    List<String> warnings = new ArrayList<>();
    if (report.ties() > 0 && policy == Conflicts.MAJORITY) {
      warnings.add(
          "%s no completion that is more frequent than all others, so none of them is kept: see the conflicts file"
              .formatted(
                  Figures.counted(
                      report.ties(), "conflicting prompt has", "conflicting prompts have")));
    }
    if (report.unsizedImages() > 0) {
      warnings.add(
          "%s of unknown size: the tokens are not counted, and the price is not known; images in data URLs are counted"
              .formatted(Figures.counted(report.unsizedImages(), "image is", "images are")));
    }
    return warnings;
  }
}
