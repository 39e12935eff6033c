package dev.tunebeam.pipelines.inspect;

import dev.tunebeam.pipelines.prepare.PrepareDataset;
import dev.tunebeam.pipelines.prepare.PreparePlan;
import dev.tunebeam.pipelines.recipe.Recipe;
import dev.tunebeam.transforms.deduplicate.Chunk;
import dev.tunebeam.transforms.deduplicate.ShardSummary;
import dev.tunebeam.transforms.inspect.InspectRows;
import dev.tunebeam.transforms.inspect.Inspection;
import dev.tunebeam.transforms.inspect.InspectionFile;
import dev.tunebeam.transforms.read.ReadRows;
import dev.tunebeam.transforms.write.WriteSplits;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TypeDescriptor;

/**
 * The inspect job: raw files to one inspection, read as {@link PrepareDataset} reads them, and to
 * the report that its dry run would give.
 */
final class InspectCorpus {

  private InspectCorpus() {}

  /**
   * Adds the steps of the job to a pipeline.
   *
   * @param work the folder for inspection and report
   */
  static void build(Pipeline pipeline, PreparePlan plan, String work) {
    Recipe recipe = plan.recipe();
    PCollectionTuple inspected =
        pipeline
            .apply("Read", ReadRows.of(plan.input().ranges(), plan.readOptions()))
            .apply(
                "Inspect",
                InspectRows.of(
                    plan.shapes(),
                    plan.normalizing(),
                    plan.counting(),
                    plan.sharding(),
                    plan.near(),
                    plan.evaluationSets(),
                    recipe.dedupBy(),
                    recipe.conflicts()));
    PCollection<Inspection> inspection = inspected.get(InspectRows.INSPECTION);
    inspection.apply("Write", InspectionFile.to(work));
    PCollection<ShardSummary> summary =
        inspection
            .apply(
                "Summarize",
                MapElements.into(TypeDescriptor.of(ShardSummary.class)).via(Inspection::summary))
            .setCoder(SerializableCoder.of(ShardSummary.class));
    PCollection<Chunk> chunks = inspected.get(InspectRows.CHUNKS);
    chunks.apply("Price", WriteSplits.of(plan.splitting(), summary, chunks, null, work, true));
  }
}
