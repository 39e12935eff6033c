package dev.tunebeam.pipelines.inspect;

import dev.tunebeam.pipelines.prepare.PrepareDataset;
import dev.tunebeam.pipelines.prepare.PreparePlan;
import dev.tunebeam.pipelines.recipe.Recipe;
import dev.tunebeam.transforms.inspect.InspectRows;
import dev.tunebeam.transforms.inspect.InspectionFile;
import dev.tunebeam.transforms.read.ReadRows;
import org.apache.beam.sdk.Pipeline;

/** The inspect job: raw files to one inspection, read as {@link PrepareDataset} reads them. */
final class InspectCorpus {

  private InspectCorpus() {}

  /**
   * Adds the steps of the job to a pipeline.
   *
   * @param work the folder for the inspection
   */
  static void build(Pipeline pipeline, PreparePlan plan, String work) {
    Recipe recipe = plan.recipe();
    pipeline
        .apply("Read", ReadRows.of(plan.input().ranges(), plan.readOptions()))
        .apply(
            "Inspect",
            InspectRows.of(
                plan.shapes(),
                plan.normalizing(),
                plan.counting(),
                plan.shards(),
                recipe.seed(),
                recipe.dedupBy(),
                recipe.conflicts()))
        .apply("Write", InspectionFile.to(work));
  }
}
