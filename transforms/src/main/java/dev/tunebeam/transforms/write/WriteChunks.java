package dev.tunebeam.transforms.write;

import dev.tunebeam.transforms.deduplicate.Chunk;
import dev.tunebeam.transforms.progress.Progress;
import java.io.IOException;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.jspecify.annotations.Nullable;

/**
 * Writes chunks, each to files of its own whose names and bytes depend on the chunk and the plan
 * alone: whoever writes it again writes the same.
 *
 * <p>In: chunks; out: what was written. Holds one chunk.
 */
public final class WriteChunks extends PTransform<PCollection<Chunk>, PCollection<WrittenFile>> {

  private final PCollectionView<WritePlan> plan;
  private final @Nullable String folder;
  private final int tokenLimit;

  private WriteChunks(PCollectionView<WritePlan> plan, @Nullable String folder, int tokenLimit) {
    this.plan = plan;
    this.folder = folder;
    this.tokenLimit = tokenLimit;
  }

  /**
   * Writes to a folder, by a plan.
   *
   * @param folder where to write, null for a dry run
   * @param tokenLimit the most tokens of an example that are billed
   */
  public static WriteChunks to(
      @Nullable String folder, PCollectionView<WritePlan> plan, int tokenLimit) {
    return new WriteChunks(plan, folder, tokenLimit);
  }

  @Override
  public PCollection<WrittenFile> expand(PCollection<Chunk> chunks) {
    return chunks
        .apply("Write", ParDo.of(new WriteFn(plan, folder, tokenLimit)).withSideInputs(plan))
        .setCoder(SerializableCoder.of(WrittenFile.class));
  }

  private static final class WriteFn extends DoFn<Chunk, WrittenFile> {

    private final PCollectionView<WritePlan> plan;
    private final @Nullable String folder;
    private final int tokenLimit;

    WriteFn(PCollectionView<WritePlan> plan, @Nullable String folder, int tokenLimit) {
      this.plan = plan;
      this.folder = folder;
      this.tokenLimit = tokenLimit;
    }

    @ProcessElement
    public void process(ProcessContext context) throws IOException {
      ChunkWriter writer = new ChunkWriter(context.sideInput(plan), folder, tokenLimit);
      for (WrittenFile file : writer.write(context.element())) {
        Progress.written(file.records());
        context.output(file);
      }
    }
  }
}
