package dev.tunebeam.transforms.inspect;

import dev.tunebeam.transforms.files.BeamFiles;
import java.io.IOException;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.util.SerializableUtils;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PDone;

/** The file in which the workers return the inspection to the driver. */
public final class InspectionFile {

  private static final String FILE_NAME = "inspection.bin";

  private InspectionFile() {}

  /**
   * Writes the single inspection of a collection into a folder.
   *
   * @param folder one that workers and driver can reach
   */
  public static PTransform<PCollection<Inspection>, PDone> to(String folder) {
    return new Write(folder);
  }

  /** Reads the inspection from the folder. */
  public static Inspection read(String folder) throws IOException {
    return (Inspection)
        SerializableUtils.deserializeFromByteArray(
            BeamFiles.read(BeamFiles.in(folder, FILE_NAME)), "the inspection");
  }

  private static final class Write extends PTransform<PCollection<Inspection>, PDone> {

    private final String folder;

    Write(String folder) {
      this.folder = folder;
    }

    @Override
    public PDone expand(PCollection<Inspection> inspection) {
      inspection.apply("Write inspection", ParDo.of(new WriteFn(folder)));
      return PDone.in(inspection.getPipeline());
    }
  }

  private static final class WriteFn extends DoFn<Inspection, Void> {

    private final String folder;

    WriteFn(String folder) {
      this.folder = folder;
    }

    @ProcessElement
    public void process(@Element Inspection inspection) throws IOException {
      BeamFiles.write(
          BeamFiles.in(folder, FILE_NAME), SerializableUtils.serializeToByteArray(inspection));
    }
  }
}
