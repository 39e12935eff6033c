package dev.tunebeam.transforms.deduplicate;

import dev.tunebeam.transforms.progress.Progress;
import dev.tunebeam.transforms.shard.SpillingSorter;
import dev.tunebeam.transforms.sides.PreviousSides;
import java.io.Serializable;
import java.util.Objects;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.jspecify.annotations.Nullable;

/**
 * Sorts each shard and removes its duplicates.
 *
 * <p>In: entries by shard; out: {@link #CHUNKS} of kept examples, ready to write, their {@link
 * #OUTLINES}, and {@link #SUMMARIES}, one per shard. The entries are read once, as Spark streams
 * them out of its shuffle. Up to twice the size of a chunk, but 16 to 128 MiB, is held in memory,
 * and a chunk, the rest of the shard in temporary files; the next shard uses this memory again. A
 * function of the shard's entries; their order does not matter.
 */
public final class DeduplicateShards
    extends PTransform<PCollection<KV<Integer, Iterable<byte[]>>>, PCollectionTuple> {

  public static final TupleTag<Chunk> CHUNKS = new TupleTag<>("chunks") {};
  public static final TupleTag<ShardSummary> SUMMARIES = new TupleTag<>("summaries") {};

  /** Chunks of examples without the examples: what decides the split. */
  public static final TupleTag<Chunk> OUTLINES = new TupleTag<>("outlines") {};

  /** A chunk is a single array; this leaves room for the headers of lines. */
  private static final long MAX_CHUNK_BYTES = 1L << 29;

  // Less makes too many temporary files, more may exceed a worker's heap.
  private static final long MIN_SORT_BYTES = 1L << 24;
  private static final long MAX_SORT_BYTES = 1L << 27;

  private final Settings settings;

  private DeduplicateShards(Settings settings) {
    this.settings = settings;
  }

  /**
   * How shards are deduplicated.
   *
   * @param firstGiven index of the first file of the validation input
   * @param shards their number
   * @param before what is known from the dataset before
   * @param byPrompt whether units have several prompts, which are remembered one by one
   * @param maxChunkBytes the maximum bytes of lines per chunk, and so per file, from 1; values
   *     above 512 MiB count as 512 MiB
   */
  public record Settings(
      DedupBy dedupBy,
      Conflicts conflicts,
      int firstGiven,
      int shards,
      PreviousSides before,
      boolean byPrompt,
      long maxChunkBytes)
      implements Serializable {

    /** Refuses a chunk of nothing. */
    public Settings {
      if (maxChunkBytes < 1) {
        throw new IllegalArgumentException("maxChunkBytes: " + maxChunkBytes);
      }
      maxChunkBytes = Math.min(maxChunkBytes, MAX_CHUNK_BYTES);
    }
  }

  /** Creates the transform. */
  public static DeduplicateShards with(Settings settings) {
    return new DeduplicateShards(settings);
  }

  @Override
  public PCollectionTuple expand(PCollection<KV<Integer, Iterable<byte[]>>> shards) {
    PCollectionTuple out =
        shards.apply(
            "Deduplicate",
            ParDo.of(new DeduplicateFn(settings))
                .withOutputTags(CHUNKS, TupleTagList.of(SUMMARIES).and(OUTLINES)));
    out.get(CHUNKS).setCoder(ChunkCoder.of());
    out.get(OUTLINES).setCoder(ChunkCoder.of());
    out.get(SUMMARIES).setCoder(SerializableCoder.of(ShardSummary.class));
    return out;
  }

  private static final class DeduplicateFn extends DoFn<KV<Integer, Iterable<byte[]>>, Chunk> {

    private final Settings settings;
    private transient @Nullable SpillingSorter sorter;
    private transient Chunk.@Nullable Builder builder;

    DeduplicateFn(Settings settings) {
      this.settings = settings;
    }

    @Setup
    public void setUp() {
      sorter =
          new SpillingSorter(
              Math.max(MIN_SORT_BYTES, Math.min(MAX_SORT_BYTES, 2 * settings.maxChunkBytes())));
      builder = new Chunk.Builder();
    }

    private static void add(SpillingSorter sorter, byte[] entry) {
      sorter.add(entry);
      Progress.deduplicated(1);
    }

    @ProcessElement
    public void process(@Element KV<Integer, Iterable<byte[]>> shard, MultiOutputReceiver out) {
      PreviousSides known = settings.byPrompt() ? PreviousSides.NONE : settings.before();
      try (SpillingSorter sorter = Objects.requireNonNull(this.sorter);
          PreviousSides.Range before = known.ofShard(shard.getKey(), settings.shards())) {
        shard.getValue().forEach(entry -> add(sorter, entry));
        ShardDeduplicator deduplicator =
            new ShardDeduplicator(
                shard.getKey(),
                settings.dedupBy(),
                settings.conflicts(),
                settings.firstGiven(),
                before,
                settings.byPrompt(),
                settings.maxChunkBytes(),
                Objects.requireNonNull(builder),
                chunk -> {
                  out.get(CHUNKS).output(chunk);
                  if (chunk.kind() == Chunk.Kind.EXAMPLES) {
                    out.get(OUTLINES).output(chunk.outline());
                  }
                });
        out.get(SUMMARIES).output(deduplicator.deduplicate(sorter.slices()));
      }
    }
  }
}
