package dev.tunebeam.transforms.shard;

import dev.tunebeam.transforms.count.RenderedExample;
import dev.tunebeam.transforms.fingerprint.ExampleFingerprints;
import dev.tunebeam.transforms.fingerprint.Fingerprint;
import dev.tunebeam.transforms.row.Outcome;
import dev.tunebeam.transforms.row.RangeStats;
import dev.tunebeam.transforms.row.Rejected;
import dev.tunebeam.transforms.row.Source;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;

/**
 * Groups examples by shard, so that equal prompts are together: the only shuffle of the data.
 *
 * <p>In: rendered examples, rejected rows and counts; out: {@link ShardEntry}s by shard. The shard
 * is a range of the seeded fingerprint of the prompt, so it depends only on the example and the
 * seed; for a rejected row it depends on its source, for counts it is 0.
 */
public final class GroupByShard
    extends PTransform<
        PCollection<Outcome<RenderedExample>>, PCollection<KV<Integer, Iterable<byte[]>>>> {

  private final int shards;
  private final long seed;

  private GroupByShard(int shards, long seed) {
    this.shards = shards;
    this.seed = seed;
  }

  /**
   * Creates the transform.
   *
   * @param shards number of shards; a function of the input's size, never of the workers
   * @param seed of the order within shards, and so of the split
   */
  public static GroupByShard of(int shards, long seed) {
    if (shards < 1) {
      throw new IllegalArgumentException("shards: " + shards);
    }
    return new GroupByShard(shards, seed);
  }

  @Override
  public PCollection<KV<Integer, Iterable<byte[]>>> expand(
      PCollection<Outcome<RenderedExample>> examples) {
    return examples
        .apply("Fingerprint", ParDo.of(new FingerprintFn(shards, seed)))
        .setCoder(KvCoder.of(VarIntCoder.of(), ByteArrayCoder.of()))
        .apply("By shard", GroupByKey.create());
  }

  private static final class FingerprintFn
      extends DoFn<Outcome<RenderedExample>, KV<Integer, byte[]>> {

    private final int shards;
    private final long seed;

    FingerprintFn(int shards, long seed) {
      this.shards = shards;
      this.seed = seed;
    }

    @ProcessElement
    public void process(
        @Element Outcome<RenderedExample> outcome, OutputReceiver<KV<Integer, byte[]>> out) {
      RenderedExample rendered = outcome.value();
      Rejected rejected = outcome.rejected();
      RangeStats stats = outcome.stats();
      if (rendered != null) {
        ExampleFingerprints plain = ExampleFingerprints.of(rendered.example());
        ExampleFingerprints seeded = plain.shuffled(seed);
        out.output(KV.of(seeded.prompt().shard(shards), ShardEntry.of(rendered, seeded)));
      } else if (rejected != null) {
        out.output(KV.of(shardOf(rejected.source()), ShardEntry.of(rejected)));
      } else if (stats != null) {
        out.output(KV.of(0, ShardEntry.of(stats)));
      }
    }

    private int shardOf(Source source) {
      return new Fingerprint((((long) source.file()) << 32) | source.range(), source.row())
          .shuffled(source.row())
          .shard(shards);
    }
  }
}
