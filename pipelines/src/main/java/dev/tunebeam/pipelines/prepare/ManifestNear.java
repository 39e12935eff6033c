package dev.tunebeam.pipelines.prepare;

import dev.tunebeam.dataset.Manifest;
import dev.tunebeam.transforms.shard.NearCounts;
import dev.tunebeam.transforms.write.JobReport;
import org.jspecify.annotations.Nullable;

/** The section of the manifest about near copies. A pure function of plan and report. */
final class ManifestNear {

  private ManifestNear() {}

  /** The section; null if no texts were compared. */
  static Manifest.@Nullable Near of(PreparePlan plan, JobReport report) {
    NearCounts found = report.near();
    return plan.near() == null && plan.evaluation() == null
        ? null
        : new Manifest.Near(
            found.pairs(),
            report.similar(),
            found.conflicts(),
            found.crowded(),
            found.undecided(),
            report.leaks(),
            report.evaluation());
  }
}
