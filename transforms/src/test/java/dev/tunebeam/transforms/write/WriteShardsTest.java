package dev.tunebeam.transforms.write;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.tunebeam.transforms.deduplicate.Chunk;
import dev.tunebeam.transforms.deduplicate.ChunkCoder;
import dev.tunebeam.transforms.deduplicate.MergeSummaries;
import dev.tunebeam.transforms.deduplicate.ShardSummary;
import dev.tunebeam.transforms.split.Sampling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@link PlanWrite}, {@link WriteChunks} and {@link WriteReport} in a pipeline. */
class WriteShardsTest {

  @Test
  void filesAndReportAreThoseOfTheChunksAndThePlan(@TempDir Path folder) throws IOException {
    SmallDataset dataset = SmallDataset.of(40);
    run(dataset.chunks(), List.of(dataset.summary()), folder.toString(), folder);

    ChunkWriter writer = new ChunkWriter(dataset.plan(0.25), null, 20);
    List<WrittenFile> expected = new ArrayList<>();
    for (Chunk chunk : dataset.chunks()) {
      expected.addAll(writer.write(chunk));
    }
    JobReport report = report(folder);
    assertThat(
        report,
        equalTo(JobReport.of(dataset.summary(), dataset.plan(0.25), expected, List.of(), 0)));
    List<String> names =
        new ArrayList<>(report.files().stream().map(WrittenFile::temporaryName).sorted().toList());
    names.add(WriteReport.FILE_NAME);
    assertThat(names(folder), equalTo(names.stream().sorted().toList()));
  }

  @Test
  void aDryRunWritesItsReportAlone(@TempDir Path folder, @TempDir Path other) throws IOException {
    SmallDataset dataset = SmallDataset.of(40);
    run(dataset.chunks(), List.of(dataset.summary()), null, folder);
    run(dataset.chunks(), List.of(dataset.summary()), other.toString(), other);

    assertThat(report(folder), equalTo(report(other)));
    assertThat(names(folder), equalTo(List.of(WriteReport.FILE_NAME)));
  }

  @Test
  void withoutAnyRowThereIsAReportOfNothing(@TempDir Path folder) throws IOException {
    run(List.of(), List.of(), folder.toString(), folder);

    JobReport report = report(folder);
    assertThat(report.read(), equalTo(0L));
    assertThat(report.files(), equalTo(List.of()));
    assertThat(names(folder), equalTo(List.of(WriteReport.FILE_NAME)));
  }

  private static void run(
      List<Chunk> chunks, List<ShardSummary> summaries, @Nullable String shards, Path reports) {
    Pipeline pipeline = Pipeline.create();
    PCollection<ShardSummary> summary =
        pipeline
            .apply(
                "Summaries",
                Create.of(summaries).withCoder(SerializableCoder.of(ShardSummary.class)))
            .apply("Merge", Combine.globally(new MergeSummaries()));
    PCollection<Chunk> all = pipeline.apply("Chunks", Create.of(chunks).withCoder(ChunkCoder.of()));
    PCollectionView<WritePlan> plan =
        summary
            .apply("Plan", PlanWrite.of(SmallDataset.FILES, Sampling.ALL, 0.25, false, all))
            .apply("As view", View.asSingleton());
    all.apply("Write", WriteChunks.to(shards, plan, 20, 3))
        .get(WriteChunks.FILES)
        .apply(
            "Report",
            WriteReport.to(
                reports.toString(), summary.apply("Totals", View.asSingleton()), plan, null, null));
    pipeline.run().waitUntilFinish();
  }

  private static JobReport report(Path folder) throws IOException {
    return WriteReport.read(folder.toString());
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
    }
  }
}
