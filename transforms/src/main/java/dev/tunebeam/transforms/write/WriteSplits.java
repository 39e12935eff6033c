package dev.tunebeam.transforms.write;

import dev.tunebeam.transforms.deduplicate.Chunk;
import dev.tunebeam.transforms.deduplicate.ShardSummary;
import dev.tunebeam.transforms.sides.PreviousSides;
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
 * <p>In: chunks; out: the files in a folder. The split is decided from counts and sent to the
 * writers. Holds one chunk, the plan and the names of all files.
 */
public final class WriteSplits extends PTransform<PCollection<Chunk>, PDone> {

  private final Settings settings;
  private final PCollection<ShardSummary> summary;
  private final PCollection<Chunk> outlines;
  private final @Nullable PreviousSides before;
  private final String work;
  private final boolean reportOnly;

  /**
   * How to split and write.
   *
   * @param files names of the input files, by index
   * @param sampling how many examples are used
   * @param validation share of the examples that go to validation
   * @param tokenLimit maximum number of billed tokens per example
   * @param countsLeaks whether to count the validation examples with a near copy in train
   * @param shards number of shards
   * @param newOnly whether train leaves out what the dataset before has unchanged
   */
  public record Settings(
      List<String> files,
      Sampling sampling,
      double validation,
      int tokenLimit,
      boolean countsLeaks,
      int shards,
      boolean newOnly) {

    /** Makes an immutable copy. */
    public Settings {
      files = List.copyOf(files);
    }
  }

  private WriteSplits(
      Settings settings,
      PCollection<ShardSummary> summary,
      PCollection<Chunk> outlines,
      @Nullable PreviousSides before,
      String work,
      boolean reportOnly) {
    this.before = before;
    this.settings = settings;
    this.summary = summary;
    this.outlines = outlines;
    this.work = work;
    this.reportOnly = reportOnly;
  }

  /**
   * Creates the transform.
   *
   * @param summary the single summary of all chunks
   * @param outlines of the chunks
   * @param before what is known from the dataset before; null if nothing is to be remembered
   * @param work the folder for files and report
   * @param reportOnly whether to write only the report
   */
  public static WriteSplits of(
      Settings settings,
      PCollection<ShardSummary> summary,
      PCollection<Chunk> outlines,
      @Nullable PreviousSides before,
      String work,
      boolean reportOnly) {
    return new WriteSplits(settings, summary, outlines, before, work, reportOnly);
  }

  @Override
  public PDone expand(PCollection<Chunk> chunks) {
    PCollectionView<WritePlan> split =
        summary
            .apply(
                "Split",
                PlanWrite.of(
                    settings.files(),
                    settings.sampling(),
                    settings.validation(),
                    settings.newOnly(),
                    outlines))
            .apply("Plan", View.asSingleton());
    @Nullable String folder = reportOnly ? null : work;
    PCollectionTuple written =
        chunks.apply(
            "Write", WriteChunks.to(folder, split, settings.tokenLimit(), settings.shards()));
    @Nullable PCollectionView<Long> leaks =
        settings.countsLeaks()
            ? written.get(WriteChunks.LINKS).apply("Leaks", new CountLeaks())
            : null;
    @Nullable PCollectionView<List<WriteSides.Written>> sides =
        before == null
            ? null
            : written
                .get(WriteChunks.KNOWN)
                .apply("Sides", WriteSides.to(folder, before, settings.shards()))
                .apply("Files of sides", View.asList());
    return written
        .get(WriteChunks.FILES)
        .apply(
            "Report",
            WriteReport.to(work, summary.apply("Totals", View.asSingleton()), split, leaks, sides));
  }
}
