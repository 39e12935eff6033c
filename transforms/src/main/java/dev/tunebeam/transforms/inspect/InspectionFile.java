package dev.tunebeam.transforms.inspect;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.ResolveOptions.StandardResolveOptions;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.util.MimeTypes;
import org.apache.beam.sdk.util.SerializableUtils;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PDone;

/** Hands the inspection from the workers to whoever started the job, by way of a file. */
public final class InspectionFile {

  public static final String FILE_NAME = "inspection.bin";

  private InspectionFile() {}

  /**
   * Writes the single inspection of a collection into a folder.
   *
   * @param folder one that the workers and the starter see
   */
  public static PTransform<PCollection<Inspection>, PDone> to(String folder) {
    return new Write(folder);
  }

  /** Reads what was written into the folder. */
  public static Inspection read(String folder) throws IOException {
    try (var in = Channels.newInputStream(FileSystems.open(file(folder)))) {
      return (Inspection)
          SerializableUtils.deserializeFromByteArray(in.readAllBytes(), "the inspection");
    }
  }

  private static ResourceId file(String folder) {
    return FileSystems.matchNewResource(folder, true)
        .resolve(FILE_NAME, StandardResolveOptions.RESOLVE_FILE);
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
      try (WritableByteChannel channel = FileSystems.create(file(folder), MimeTypes.BINARY)) {
        ByteBuffer buffer = ByteBuffer.wrap(SerializableUtils.serializeToByteArray(inspection));
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
      }
    }
  }
}
