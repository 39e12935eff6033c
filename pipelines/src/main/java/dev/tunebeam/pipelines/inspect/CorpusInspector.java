package dev.tunebeam.pipelines.inspect;

import dev.tunebeam.pipelines.findings.Recommendation;
import dev.tunebeam.pipelines.findings.Recommendations;
import dev.tunebeam.pipelines.prepare.CorpusFacts;
import dev.tunebeam.pipelines.prepare.ManifestBuilder;
import dev.tunebeam.pipelines.prepare.PrepareCommand;
import dev.tunebeam.pipelines.prepare.PreparePlan;
import dev.tunebeam.pipelines.prepare.WorkFolder;
import dev.tunebeam.transforms.inspect.InspectionFile;
import dev.tunebeam.transforms.write.WriteReport;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptions;

/**
 * Runs the inspect job, and runs it again with what is recommended.
 *
 * @param quiet whether to show no progress
 * @param err for progress
 */
record CorpusInspector(PipelineOptions options, boolean quiet, PrintStream err) {

  /** What is recommended may show more to recommend; a recipe is not read for ever. */
  private static final int MOST_PASSES = 3;

  /** Inspects the corpus by the plan of a draft. */
  Inspected inspect(RecipeDraft draft) throws IOException {
    PreparePlan plan = draft.plan();
    try (WorkFolder work = WorkFolder.create(options, "tunebeam-inspect-")) {
      Pipeline pipeline = Pipeline.create(options);
      InspectCorpus.build(pipeline, plan, work.path());
      PrepareCommand.run(pipeline, quiet, err);
      plan.requireSameInput();
      return new Inspected(
          draft,
          CorpusFacts.of(plan, InspectionFile.read(work.path())),
          ManifestBuilder.ofInspection(plan, WriteReport.read(work.path())));
    }
  }

  /**
   * Follows the recommendations. What they change is counted, not estimated: the corpus is read
   * again, which may show more to recommend.
   */
  Inspected recommended(Inspected first, Predicate<Recommendation> take) throws IOException {
    Inspected last = first;
    for (int pass = 0; pass < MOST_PASSES; pass++) {
      Map<String, Object> accepted = Recommendations.accepted(last.corpus(), take);
      if (accepted.isEmpty()) {
        break;
      }
      last = inspect(last.draft().with(accepted));
    }
    Recommendation rejecting =
        Recommendations.maxRejected(last.draft().plan().recipe(), last.summary());
    return rejecting != null && take.test(rejecting)
        ? last.with(last.draft().with(rejecting.settings()))
        : last;
  }
}
