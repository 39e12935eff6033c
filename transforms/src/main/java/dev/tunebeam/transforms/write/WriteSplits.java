package dev.tunebeam.transforms.write;

import dev.tunebeam.transforms.deduplicate.Chunk;
import dev.tunebeam.transforms.deduplicate.ShardSummary;
import dev.tunebeam.transforms.split.Sampling;
import java.util.List;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.PDone;
import org.jspecify.annotations.Nullable;

/**
 * Splits deduplicated chunks into train and validation and writes them, then the {@link JobReport}.
 *
 * <p>In: chunks; out: the files in a folder. The split is decided from the merged summary alone and
 * sent to the writers. Holds one chunk, the plan and the names of all files.
 */
public final class WriteSplits extends PTransform<PCollection<Chunk>, PDone> {

  private final Settings settings;
  private final PCollection<ShardSummary> summary;
  private final String work;
  private final boolean reportOnly;

  /**
   * How to split and write.
   *
   * @param files names of the input files, by index
   * @param sampling how many examples are used
   * @param validation share of the examples that go to validation
   * @param seed of the split
   * @param tokenLimit maximum number of billed tokens per example
   * @param countsLeaks whether to count the validation examples with a near copy in train
   */
  public record Settings(
      List<String> files,
      Sampling sampling,
      double validation,
      long seed,
      int tokenLimit,
      boolean countsLeaks) {

    /** Makes an immutable copy. */
    public Settings {
      files = List.copyOf(files);
    }
  }

  private WriteSplits(
      Settings settings, PCollection<ShardSummary> summary, String work, boolean reportOnly) {
    this.settings = settings;
    this.summary = summary;
    this.work = work;
    this.reportOnly = reportOnly;
  }

  /**
   * Creates the transform.
   *
   * @param summary the single summary of all chunks
   * @param work the folder for files and report
   * @param reportOnly whether to write only the report
   */
  public static WriteSplits of(
      Settings settings, PCollection<ShardSummary> summary, String work, boolean reportOnly) {
    return new WriteSplits(settings, summary, work, reportOnly);
  }

  @Override
  public PDone expand(PCollection<Chunk> chunks) {
    PCollectionView<WritePlan> split =
        summary
            .apply(
                "Split",
                PlanWrite.of(
                    settings.files(), settings.sampling(), settings.validation(), settings.seed()))
            .apply("Plan", View.asSingleton());
    @Nullable String folder = reportOnly ? null : work;
    PCollectionTuple written =
        chunks.apply("Write", WriteChunks.to(folder, split, settings.tokenLimit()));
    @Nullable PCollectionView<Long> leaks =
        settings.countsLeaks()
            ? written.get(WriteChunks.LINKS).apply("Leaks", new CountLeaks())
            : null;
    return written
        .get(WriteChunks.FILES)
        .apply(
            "Report",
            WriteReport.to(work, summary.apply("Totals", View.asSingleton()), split, leaks));
  }
}
