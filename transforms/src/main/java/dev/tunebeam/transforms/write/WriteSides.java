package dev.tunebeam.transforms.write;

import dev.tunebeam.transforms.sides.Known;
import dev.tunebeam.transforms.sides.PreviousSides;
import dev.tunebeam.transforms.sides.SideCounts;
import dev.tunebeam.transforms.sides.SidesMerge;
import java.io.IOException;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.jspecify.annotations.Nullable;

/**
 * Writes the sides of all prompts, a file for each shard, together with what was known before: the
 * state that the next dataset continues.
 *
 * <p>In: {@link Known} entries of the dataset by shard, many in one element; out: the files, and
 * how they differ from those before. Holds the entries of one shard. A function of the entries and
 * the files before.
 */
final class WriteSides
    extends PTransform<PCollection<KV<Integer, byte[]>>, PCollection<WriteSides.Written>> {

  /** A file, null if there is nothing to remember, and how it differs from those before. */
  record Written(@Nullable WrittenFile file, SideCounts counts) implements Serializable {}

  private final PreviousSides before;
  private final int shards;
  private final @Nullable String folder;

  private WriteSides(PreviousSides before, int shards, @Nullable String folder) {
    this.before = before;
    this.shards = shards;
    this.folder = folder;
  }

  /**
   * Creates the transform.
   *
   * @param folder the output folder, null for a dry run
   * @param shards number of shards
   */
  static WriteSides to(@Nullable String folder, PreviousSides before, int shards) {
    return new WriteSides(before, shards, folder);
  }

  @Override
  public PCollection<Written> expand(PCollection<KV<Integer, byte[]>> known) {
    PCollection<KV<Integer, byte[]>> all = known;
    if (!before.parts().isEmpty()) {
      // A shard may have lost all of its prompts.
      List<KV<Integer, byte[]>> every =
          IntStream.range(0, shards).mapToObj(shard -> KV.of(shard, new byte[0])).toList();
      all =
          PCollectionList.of(known)
              .and(known.getPipeline().apply("Every shard", Create.of(every)))
              .apply("And every shard", Flatten.pCollections());
    }
    return all.apply("By shard", GroupByKey.create())
        .apply("Merge", ParDo.of(new MergeFn(before, shards, folder)))
        .setCoder(SerializableCoder.of(Written.class));
  }

  private static final class MergeFn extends DoFn<KV<Integer, Iterable<byte[]>>, Written> {

    private final PreviousSides before;
    private final int shards;
    private final @Nullable String folder;

    MergeFn(PreviousSides before, int shards, @Nullable String folder) {
      this.before = before;
      this.shards = shards;
      this.folder = folder;
    }

    @ProcessElement
    public void process(@Element KV<Integer, Iterable<byte[]>> shard, OutputReceiver<Written> out)
        throws IOException {
      List<Known> now = new ArrayList<>();
      for (byte[] run : shard.getValue()) {
        ByteBuffer in = ByteBuffer.wrap(run);
        while (in.hasRemaining()) {
          now.add(Known.get(in));
        }
      }
      try (PreviousSides.Range range = before.ofShard(shard.getKey(), shards);
          SidesFile file = new SidesFile(shard.getKey(), folder)) {
        SideCounts counts = SidesMerge.merge(now, range, file);
        out.output(new Written(file.finish(), counts));
      }
    }
  }
}
