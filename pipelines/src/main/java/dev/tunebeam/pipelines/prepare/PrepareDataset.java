package dev.tunebeam.pipelines.prepare;

import dev.tunebeam.transforms.count.CountTokens;
import dev.tunebeam.transforms.deduplicate.DeduplicateShards;
import dev.tunebeam.transforms.deduplicate.MergeSummaries;
import dev.tunebeam.transforms.deduplicate.ShardSummary;
import dev.tunebeam.transforms.delimit.DelimitExamples;
import dev.tunebeam.transforms.near.GroupByShard;
import dev.tunebeam.transforms.normalize.NormalizeRows;
import dev.tunebeam.transforms.read.ReadRows;
import dev.tunebeam.transforms.shard.FingerprintFn;
import dev.tunebeam.transforms.sides.MarkSides;
import dev.tunebeam.transforms.sides.PreviousSides;
import dev.tunebeam.transforms.write.WriteSplits;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;

/**
 * The prepare job: raw files to the shards of a dataset.
 *
 * <p>The data crosses the network once, by shard; twice where near copies or groups stay together.
 * The split is decided from counts alone and sent to the writers. The caller then only renames the
 * files.
 */
public final class PrepareDataset {

  private PrepareDataset() {}

  /**
   * Adds the steps of the job to a pipeline.
   *
   * @param work the folder for shards and report
   * @param before the sides of the dataset that it continues
   * @param dryRun whether to write only the report
   */
  static void build(
      Pipeline pipeline, PreparePlan plan, PreviousSides before, String work, boolean dryRun) {
    PCollectionTuple shards =
        pipeline
            .apply("Read", ReadRows.of(plan.input().ranges(), plan.readOptions()))
            .apply("Normalize", NormalizeRows.of(plan.shapes(), plan.normalizing()))
            .apply("Delimit", DelimitExamples.with(plan.delimiters()))
            .apply("Count", CountTokens.with(plan.counting()))
            .apply(
                "Fingerprint",
                ParDo.of(new FingerprintFn(plan.sharding()))
                    .withOutputTags(FingerprintFn.ENTRIES, GroupByShard.others(plan.sharding())))
            .apply("Sides", MarkSides.with(before, plan.sharding()))
            .apply("Shard", GroupByShard.with(plan.sharding(), plan.near(), plan.evaluationSets()))
            .apply("Deduplicate", DeduplicateShards.with(plan.deduplicating(before)));

    PCollection<ShardSummary> summary =
        shards
            .get(DeduplicateShards.SUMMARIES)
            .apply("Summarize", Combine.globally(new MergeSummaries()));

    shards
        .get(DeduplicateShards.CHUNKS)
        .apply(
            "Write",
            WriteSplits.of(
                plan.splitting(),
                summary,
                shards.get(DeduplicateShards.OUTLINES),
                before,
                work,
                dryRun));
  }
}
