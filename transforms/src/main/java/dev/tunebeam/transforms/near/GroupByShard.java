package dev.tunebeam.transforms.near;

import dev.tunebeam.transforms.compare.NearBy;
import dev.tunebeam.transforms.shard.ExampleEntries;
import dev.tunebeam.transforms.shard.FingerprintFn;
import dev.tunebeam.transforms.shard.ShardEntry;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTagList;
import org.jspecify.annotations.Nullable;

/**
 * Groups examples by shard, so that what stays on one side of the split is together: equal prompts,
 * and with marks on near copies also these, and groups.
 *
 * <p>In: the outputs of {@link FingerprintFn}; out: {@link ShardEntry}s by shard. The shard is a
 * range of the seeded fingerprint of the unit, so it depends only on the examples and the settings;
 * for a rejected row it depends on its source, for counts it is 0. The data crosses the network
 * once; twice where units are connected, as only then it is known in which shard an example
 * belongs.
 */
public final class GroupByShard
    extends PTransform<PCollectionTuple, PCollection<KV<Integer, Iterable<byte[]>>>> {

  private final ExampleEntries.Settings sharding;
  private final @Nullable NearSettings near;
  private final @Nullable EvaluationSets sets;

  private GroupByShard(
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
  public static GroupByShard with(
      ExampleEntries.Settings sharding,
      @Nullable NearSettings near,
      @Nullable EvaluationSets sets) {
    return new GroupByShard(sharding, near, sets);
  }

  /** The outputs that {@link FingerprintFn} has beside the entries. */
  public static TupleTagList others(ExampleEntries.Settings sharding) {
    return sharding.compares()
        ? TupleTagList.of(FingerprintFn.TEXTS).and(FingerprintFn.UNITS)
        : TupleTagList.empty();
  }

  @Override
  public PCollection<KV<Integer, Iterable<byte[]>>> expand(PCollectionTuple all) {
    if (!sharding.compares()) {
      return all.get(FingerprintFn.ENTRIES).apply("By shard", GroupByKey.create());
    }
    PCollection<byte[]> texts = all.get(FingerprintFn.TEXTS);
    PCollection<KV<Integer, byte[]>> units = all.get(FingerprintFn.UNITS);
    List<PCollection<KV<Integer, byte[]>>> entries = new ArrayList<>();
    entries.add(all.get(FingerprintFn.ENTRIES));
    List<PCollection<byte[]>> pairs = new ArrayList<>();
    NearBy by = sharding.compared();
    if (sets != null && by != null) {
      PCollectionTuple found =
          texts.apply("Decontaminate", Decontaminate.with(sets, by, sharding.shards()));
      texts = found.get(Decontaminate.TEXTS);
      entries.add(found.get(Decontaminate.MARKS));
      entries.add(found.get(Decontaminate.UNREAD));
    }
    if (near != null) {
      PCollectionTuple compared = texts.apply("Near copies", CompareTexts.with(near));
      PCollection<byte[]> edges = compared.get(CompareTexts.EDGES);
      entries.add(compared.get(CompareTexts.COUNTS));
      entries.add(
          edges.apply(
              "Mark",
              ParDo.of(
                  new MarkFn(
                      near.comparison().by(),
                      sharding.shards(),
                      near.action() != NearAction.DROP))));
      if (near.action() == NearAction.DROP) {
        entries.add(edges.apply("Drop", DropNearCopies.with(near)));
      } else if (near.action() == NearAction.KEEP_TOGETHER) {
        pairs.add(edges.apply("Units", ParDo.of(new UnitsFn())));
      }
    }
    if (sharding.groups()) {
      pairs.add(
          units
              .apply("By prompt", GroupByKey.create())
              .apply("Shared prompts", ParDo.of(new SharedPromptFn())));
    }
    PCollection<KV<Integer, byte[]>> marked =
        PCollectionList.of(entries).apply("Marked", Flatten.pCollections());
    return (pairs.isEmpty() ? marked : moved(marked, pairs)).apply("By shard", GroupByKey.create());
  }

  private PCollection<KV<Integer, byte[]>> moved(
      PCollection<KV<Integer, byte[]>> marked, List<PCollection<byte[]>> pairs) {
    PCollectionTuple connected =
        PCollectionList.of(pairs)
            .apply("Pairs", Flatten.pCollections())
            .apply("Connect", ConnectUnits.in(sharding.shards()));
    PCollection<KV<Integer, byte[]>> entries =
        PCollectionList.of(marked)
            .and(connected.get(ConnectUnits.MOVED))
            .apply("Moving", Flatten.pCollections())
            .apply("By unit", GroupByKey.create())
            .apply("Move", ParDo.of(new MoveFn(sharding.shards())));
    return PCollectionList.of(entries)
        .and(connected.get(ConnectUnits.PINNED))
        .apply("Moved", Flatten.pCollections());
  }

  /** The units of similar texts. */
  private static final class UnitsFn extends DoFn<byte[], byte[]> {

    @ProcessElement
    public void process(@Element byte[] encoded, OutputReceiver<byte[]> out) {
      Edge edge = Edge.decode(encoded, 0);
      out.output(ConnectUnits.pair(edge.stays().unit(), edge.goes().unit()));
    }
  }
}
