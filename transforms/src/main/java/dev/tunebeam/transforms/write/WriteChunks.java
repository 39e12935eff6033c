package dev.tunebeam.transforms.write;

import dev.tunebeam.transforms.deduplicate.Chunk;
import dev.tunebeam.transforms.files.BeamFiles;
import dev.tunebeam.transforms.progress.Progress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.jspecify.annotations.Nullable;

/**
 * Writes each chunk to files of its own. Their names and bytes depend only on the chunk and the
 * plan, so a retry writes the same files.
 *
 * <p>In: chunks; out: the files written, the near copies with their sides, and what is to be
 * remembered of the prompts. Holds one chunk.
 */
final class WriteChunks extends PTransform<PCollection<Chunk>, PCollectionTuple> {

  static final TupleTag<WrittenFile> FILES = new TupleTag<>("files") {};

  /** {@link SplitLink}s by partition. */
  static final TupleTag<KV<Integer, byte[]>> LINKS = new TupleTag<>("links") {};

  /** {@link dev.tunebeam.transforms.sides.Known} entries by shard. */
  static final TupleTag<KV<Integer, byte[]>> KNOWN = new TupleTag<>("known") {};

  private final PCollectionView<WritePlan> plan;
  private final @Nullable String folder;
  private final int tokenLimit;
  private final int shards;

  private WriteChunks(
      PCollectionView<WritePlan> plan, @Nullable String folder, int tokenLimit, int shards) {
    this.plan = plan;
    this.folder = folder;
    this.tokenLimit = tokenLimit;
    this.shards = shards;
  }

  /**
   * Creates the transform.
   *
   * @param folder the output folder, null for a dry run
   * @param tokenLimit the maximum number of billed tokens per example
   */
  static WriteChunks to(
      @Nullable String folder, PCollectionView<WritePlan> plan, int tokenLimit, int shards) {
    return new WriteChunks(plan, folder, tokenLimit, shards);
  }

  @Override
  public PCollectionTuple expand(PCollection<Chunk> chunks) {
    PCollectionTuple out =
        chunks.apply(
            "Write",
            ParDo.of(new WriteFn(plan, folder, tokenLimit, shards))
                .withSideInputs(plan)
                .withOutputTags(FILES, TupleTagList.of(LINKS).and(KNOWN)));
    out.get(FILES).setCoder(SerializableCoder.of(WrittenFile.class));
    return out;
  }

  private static final class WriteFn extends DoFn<Chunk, WrittenFile> {

    /** Of smaller ones, publishing syncs several at a time, which costs less than one by one. */
    private static final long SYNCED_BYTES = 1 << 20;

    private final PCollectionView<WritePlan> plan;
    private final @Nullable String folder;
    private final int tokenLimit;
    private final int shards;

    /** Brings files to the disk while the next ones are written; publishing would wait for it. */
    private transient @Nullable ExecutorService disk;

    private transient @Nullable List<Future<?>> syncing;

    WriteFn(PCollectionView<WritePlan> plan, @Nullable String folder, int tokenLimit, int shards) {
      this.shards = shards;
      this.plan = plan;
      this.folder = folder;
      this.tokenLimit = tokenLimit;
    }

    @Setup
    public void setUp() {
      disk = Executors.newSingleThreadExecutor();
    }

    @StartBundle
    public void startBundle() {
      syncing = new ArrayList<>();
    }

    @ProcessElement
    public void process(ProcessContext context) throws IOException {
      ChunkWriter writer = new ChunkWriter(context.sideInput(plan), folder, tokenLimit);
      for (WrittenFile file : writer.write(context.element())) {
        Progress.written(file.records());
        sync(file);
        context.output(file);
      }
      for (SplitLink link : writer.links(context.element())) {
        context.output(LINKS, KV.of(link.partition(), link.encode()));
      }
      writer
          .known(context.element(), shards)
          .forEach((shard, known) -> context.output(KNOWN, KV.of(shard, known)));
    }

    private void sync(WrittenFile file) {
      if (folder != null && file.bytes() >= SYNCED_BYTES) {
        String path = BeamFiles.in(folder, file.temporaryName());
        Objects.requireNonNull(syncing)
            .add(
                Objects.requireNonNull(disk)
                    .submit(
                        () -> {
                          BeamFiles.sync(path);
                          return path;
                        }));
      }
    }

    @FinishBundle
    public void finishBundle() throws IOException, InterruptedException {
      try {
        for (Future<?> file : Objects.requireNonNull(syncing)) {
          file.get();
        }
      } catch (ExecutionException e) {
        throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
      }
    }

    @Teardown
    public void tearDown() {
      if (disk != null) {
        disk.shutdownNow();
      }
    }
  }
}
