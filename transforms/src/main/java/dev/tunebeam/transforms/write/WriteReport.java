package dev.tunebeam.transforms.write;

import dev.tunebeam.transforms.deduplicate.ShardSummary;
import dev.tunebeam.transforms.files.BeamFiles;
import java.io.IOException;
import java.nio.channels.Channels;
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

  private WriteReport(
      String folder, PCollectionView<ShardSummary> summary, PCollectionView<WritePlan> plan) {
    this.folder = folder;
    this.summary = summary;
    this.plan = plan;
  }

  public static WriteReport to(
      String folder, PCollectionView<ShardSummary> summary, PCollectionView<WritePlan> plan) {
    return new WriteReport(folder, summary, plan);
  }

  /** Reads the report from the folder. */
  public static JobReport read(String folder) throws IOException {
    return JobReport.readFrom(
        Channels.newInputStream(BeamFiles.open(BeamFiles.in(folder, FILE_NAME))));
  }

  @Override
  public PDone expand(PCollection<WrittenFile> written) {
    PCollectionView<List<WrittenFile>> files = written.apply("Files", View.asList());
    written
        .getPipeline()
        .apply("Once", Create.of(0).withCoder(VarIntCoder.of()))
        .apply(
            "Write report",
            ParDo.of(new ReportFn(folder, summary, plan, files))
                .withSideInputs(summary, plan, files));
    return PDone.in(written.getPipeline());
  }

  private static final class ReportFn extends DoFn<Integer, Void> {

    private final String folder;
    private final PCollectionView<ShardSummary> summary;
    private final PCollectionView<WritePlan> plan;
    private final PCollectionView<List<WrittenFile>> files;

    ReportFn(
        String folder,
        PCollectionView<ShardSummary> summary,
        PCollectionView<WritePlan> plan,
        PCollectionView<List<WrittenFile>> files) {
      this.folder = folder;
      this.summary = summary;
      this.plan = plan;
      this.files = files;
    }

    @ProcessElement
    public void process(ProcessContext context) throws IOException {
      JobReport.of(
              context.sideInput(summary),
              context.sideInput(plan).positions(),
              context.sideInput(files))
          .writeTo(BeamFiles.create(BeamFiles.in(folder, FILE_NAME)));
    }
  }
}
