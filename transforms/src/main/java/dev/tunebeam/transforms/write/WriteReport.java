package dev.tunebeam.transforms.write;

import dev.tunebeam.transforms.deduplicate.ShardSummary;
import dev.tunebeam.transforms.files.BeamFiles;
import java.io.IOException;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.PDone;
import org.jspecify.annotations.Nullable;

/**
 * Writes the {@link JobReport} into a folder, after all other files.
 *
 * <p>In: the files written; out: {@link #FILE_NAME}. Holds the names of all files and the summary.
 */
public final class WriteReport extends PTransform<PCollection<WrittenFile>, PDone> {

  static final String FILE_NAME = "report.json";

  private final String folder;
  private final PCollectionView<ShardSummary> summary;
  private final PCollectionView<WritePlan> plan;
  private final @Nullable PCollectionView<Long> leaks;
  private final @Nullable PCollectionView<List<WriteSides.Written>> sides;

  private WriteReport(
      String folder,
      PCollectionView<ShardSummary> summary,
      PCollectionView<WritePlan> plan,
      @Nullable PCollectionView<Long> leaks,
      @Nullable PCollectionView<List<WriteSides.Written>> sides) {
    this.sides = sides;
    this.folder = folder;
    this.summary = summary;
    this.plan = plan;
    this.leaks = leaks;
  }

  /**
   * Creates the transform.
   *
   * @param leaks validation examples with a near copy in train; null if they are not counted
   * @param sides the files of the sides; null if there are none
   */
  static WriteReport to(
      String folder,
      PCollectionView<ShardSummary> summary,
      PCollectionView<WritePlan> plan,
      @Nullable PCollectionView<Long> leaks,
      @Nullable PCollectionView<List<WriteSides.Written>> sides) {
    return new WriteReport(folder, summary, plan, leaks, sides);
  }

  /** Reads the report from the folder. */
  public static JobReport read(String folder) throws IOException {
    return JobReport.readFrom(
        Channels.newInputStream(BeamFiles.open(BeamFiles.in(folder, FILE_NAME))));
  }

  @Override
  public PDone expand(PCollection<WrittenFile> written) {
    PCollectionView<List<WrittenFile>> files = written.apply("Files", View.asList());
    List<PCollectionView<?>> inputs = new ArrayList<>(List.of(summary, plan, files));
    if (leaks != null) {
      inputs.add(leaks);
    }
    if (sides != null) {
      inputs.add(sides);
    }
    written
        .getPipeline()
        .apply("Once", Create.of(0).withCoder(VarIntCoder.of()))
        .apply(
            "Write report",
            ParDo.of(new ReportFn(folder, summary, plan, files, leaks, sides))
                .withSideInputs(inputs));
    return PDone.in(written.getPipeline());
  }

  private static final class ReportFn extends DoFn<Integer, Void> {

    private final String folder;
    private final PCollectionView<ShardSummary> summary;
    private final PCollectionView<WritePlan> plan;
    private final PCollectionView<List<WrittenFile>> files;
    private final @Nullable PCollectionView<Long> leaks;
    private final @Nullable PCollectionView<List<WriteSides.Written>> sides;

    ReportFn(
        String folder,
        PCollectionView<ShardSummary> summary,
        PCollectionView<WritePlan> plan,
        PCollectionView<List<WrittenFile>> files,
        @Nullable PCollectionView<Long> leaks,
        @Nullable PCollectionView<List<WriteSides.Written>> sides) {
      this.sides = sides;
      this.folder = folder;
      this.summary = summary;
      this.plan = plan;
      this.files = files;
      this.leaks = leaks;
    }

    @ProcessElement
    public void process(ProcessContext context) throws IOException {
      JobReport.of(
              context.sideInput(summary),
              context.sideInput(plan),
              context.sideInput(files),
              sides == null ? List.of() : context.sideInput(sides),
              leaks == null ? 0 : context.sideInput(leaks))
          .writeTo(BeamFiles.create(BeamFiles.in(folder, FILE_NAME)));
    }
  }
}
