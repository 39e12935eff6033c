package dev.tunebeam.pipelines.prepare;

import dev.tunebeam.pipelines.recipe.Recipe;
import dev.tunebeam.transforms.count.CountTokens;
import dev.tunebeam.transforms.deduplicate.DeduplicateShards;
import dev.tunebeam.transforms.deduplicate.MergeSummaries;
import dev.tunebeam.transforms.deduplicate.ShardSummary;
import dev.tunebeam.transforms.delimit.DelimitExamples;
import dev.tunebeam.transforms.normalize.NormalizeRows;
import dev.tunebeam.transforms.read.ReadRows;
import dev.tunebeam.transforms.shard.GroupByShard;
import dev.tunebeam.transforms.write.PlanWrite;
import dev.tunebeam.transforms.write.WriteChunks;
import dev.tunebeam.transforms.write.WritePlan;
import dev.tunebeam.transforms.write.WriteReport;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PCollectionView;

/**
 * The prepare job: raw files to the shards of a dataset.
 *
 * <p>The data crosses the network once, by shard. The split is decided from counts alone and sent
 * to the writers. The caller then only renames the files.
 */
public final class PrepareDataset {

  private PrepareDataset() {}

  /**
   * Adds the steps of the job to a pipeline.
   *
   * @param work the folder for shards and report
   * @param dryRun whether to write only the report
   */
  static void build(Pipeline pipeline, PreparePlan plan, String work, boolean dryRun) {
    Recipe recipe = plan.recipe();
    PCollectionTuple shards =
        pipeline
            .apply("Read", ReadRows.of(plan.input().ranges(), plan.readOptions()))
            .apply("Normalize", NormalizeRows.of(plan.shapes(), plan.normalizing()))
            .apply("Delimit", DelimitExamples.with(plan.delimiters()))
            .apply("Count", CountTokens.with(plan.counting()))
            .apply("Shard", GroupByShard.of(plan.shards(), recipe.seed()))
            .apply(
                "Deduplicate",
                DeduplicateShards.by(recipe.dedupBy(), recipe.conflicts(), recipe.shardBytes()));

    PCollection<ShardSummary> summary =
        shards
            .get(DeduplicateShards.SUMMARIES)
            .apply("Summarize", Combine.globally(new MergeSummaries()));
    PCollectionView<WritePlan> split =
        summary
            .apply(
                "Split",
                PlanWrite.of(
                    plan.fileNames(), recipe.sampling(), recipe.validation(), recipe.seed()))
            .apply("Plan", View.asSingleton());

    shards
        .get(DeduplicateShards.CHUNKS)
        .apply("Write", WriteChunks.to(dryRun ? null : work, split, plan.billedLimit()))
        .apply("Report", WriteReport.to(work, summary.apply("Totals", View.asSingleton()), split));
  }
}
