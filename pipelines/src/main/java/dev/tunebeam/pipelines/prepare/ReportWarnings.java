package dev.tunebeam.pipelines.prepare;

import dev.tunebeam.dataset.terminal.Figures;
import dev.tunebeam.transforms.deduplicate.Conflicts;
import dev.tunebeam.transforms.write.JobReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The warnings that follow from the counts of a job alone. Pure functions. */
final class ReportWarnings {

  private ReportWarnings() {}

  /**
   * Says what the counts mean, what was cut or not read, which conflicts are ties, and which images
   * the token counts lack.
   *
   * @param maxTokens the maximum number of tokens per example
   */
  static List<String> of(JobReport report, Conflicts policy, int maxTokens) {
    List<String> warnings = new ArrayList<>();
    if (report.read() != report.rows()) {
      warnings.add(
          String.format(
              Locale.ROOT,
              "%,d rows gave %,d examples, one for each answer; all counts are of examples",
              report.rows(),
              report.read()));
    }
    if (report.truncated() > 0) {
      warnings.add(
          String.format(
              Locale.ROOT,
              "%s cut to %,d tokens",
              report.truncated() == 1
                  ? "1 example had its prompt"
                  : Figures.count(report.truncated()) + " examples had their prompts",
              maxTokens));
    }
    if (report.near().unread() > 0) {
      warnings.add(
          "%s of the evaluation sets cannot be read, so nothing was compared with them"
              .formatted(Figures.counted(report.near().unread(), "row", "rows")));
    }
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
