package dev.tunebeam.transforms.shard;

import dev.tunebeam.transforms.count.RenderedExample;
import dev.tunebeam.transforms.row.Outcome;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TupleTagList;

/**
 * Groups examples by shard, so that equal prompts are together: the only shuffle of the data.
 *
 * <p>In: rendered examples, rejected rows and counts; out: {@link ShardEntry}s by shard. The shard
 * is a range of the seeded fingerprint of the prompt, or of what opens its conversation, so it
 * depends only on the example and the seed; for a rejected row it depends on its source, for counts
 * it is 0.
 */
public final class GroupByShard
    extends PTransform<
        PCollection<Outcome<RenderedExample>>, PCollection<KV<Integer, Iterable<byte[]>>>> {

  /** Of all that is grouped by a number. */
  public static final KvCoder<Integer, byte[]> CODER =
      KvCoder.of(VarIntCoder.of(), ByteArrayCoder.of());

  private final ExampleEntries.Settings settings;

  private GroupByShard(ExampleEntries.Settings settings) {
    this.settings = settings;
  }

  /** Creates the transform. */
  public static GroupByShard with(ExampleEntries.Settings settings) {
    return new GroupByShard(settings);
  }

  /**
   * Creates the transform for examples whose prompts are units.
   *
   * @param shards number of shards; a function of the input's size, never of the workers
   * @param seed of the order within shards, and so of the split
   */
  public static GroupByShard of(int shards, long seed) {
    return with(new ExampleEntries.Settings(shards, seed, false, Integer.MAX_VALUE, null, false));
  }

  @Override
  public PCollection<KV<Integer, Iterable<byte[]>>> expand(
      PCollection<Outcome<RenderedExample>> examples) {
    return examples
        .apply(
            "Fingerprint",
            ParDo.of(new FingerprintFn(settings))
                .withOutputTags(FingerprintFn.ENTRIES, TupleTagList.empty()))
        .get(FingerprintFn.ENTRIES)
        .setCoder(CODER)
        .apply("By shard", GroupByKey.create());
  }
}
