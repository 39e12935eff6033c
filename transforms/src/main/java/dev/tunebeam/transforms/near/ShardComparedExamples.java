package dev.tunebeam.transforms.near;

import dev.tunebeam.transforms.count.RenderedExample;
import dev.tunebeam.transforms.row.Outcome;
import dev.tunebeam.transforms.shard.ExampleEntries;
import dev.tunebeam.transforms.shard.FingerprintFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.jspecify.annotations.Nullable;

/**
 * Groups examples by shard like {@link GroupByShard}, with marks on near copies, and with what has
 * to stay together in one unit.
 *
 * <p>In: rendered examples, rejected rows and counts; out: {@link
 * dev.tunebeam.transforms.shard.ShardEntry}s by shard. The data crosses the network once; twice
 * where units are connected, as only then it is known in which shard an example belongs. A function
 * of the examples and the settings.
 */
public final class ShardComparedExamples
    extends PTransform<
        PCollection<Outcome<RenderedExample>>, PCollection<KV<Integer, Iterable<byte[]>>>> {

  private final ExampleEntries.Settings sharding;
  private final @Nullable NearSettings near;
  private final @Nullable EvaluationSets sets;

  private ShardComparedExamples(
      ExampleEntries.Settings sharding,
      @Nullable NearSettings near,
      @Nullable EvaluationSets sets) {
    this.sharding = sharding;
    this.near = near;
    this.sets = sets;
  }

  /**
   * Creates the transform.
   *
   * @param near how near copies are found; null if they are not
   * @param sets the evaluation sets; null for none
   */
  public static ShardComparedExamples with(
      ExampleEntries.Settings sharding,
      @Nullable NearSettings near,
      @Nullable EvaluationSets sets) {
    return new ShardComparedExamples(sharding, near, sets);
  }

  @Override
  public PCollection<KV<Integer, Iterable<byte[]>>> expand(
      PCollection<Outcome<RenderedExample>> examples) {
    PCollectionTuple outputs =
        examples.apply(
            "Fingerprint",
            ParDo.of(new FingerprintFn(sharding))
                .withOutputTags(FingerprintFn.ENTRIES, GroupComparedEntries.OTHERS));
    return GroupComparedEntries.withCoders(outputs)
        .apply("Compare", GroupComparedEntries.with(sharding, near, sets));
  }
}
