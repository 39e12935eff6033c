package dev.tunebeam.transforms.near;

import dev.tunebeam.transforms.compare.NearBy;
import dev.tunebeam.transforms.shard.ExampleEntries;
import dev.tunebeam.transforms.shard.FingerprintFn;
import dev.tunebeam.transforms.shard.GroupByShard;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.ByteArrayCoder;
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
 * Groups entries by shard, with marks on near copies, and with what has to stay together in one
 * unit.
 *
 * <p>In: the three outputs of {@link FingerprintFn}; out: {@link
 * dev.tunebeam.transforms.shard.ShardEntry}s by shard. The data crosses the network once; twice
 * where units are connected, as only then it is known in which shard an example belongs. A function
 * of the examples and the settings.
 */
public final class GroupComparedEntries
    extends PTransform<PCollectionTuple, PCollection<KV<Integer, Iterable<byte[]>>>> {

  /** The outputs beside the entries. */
  public static final TupleTagList OTHERS =
      TupleTagList.of(FingerprintFn.TEXTS).and(FingerprintFn.UNITS);

  private final ExampleEntries.Settings sharding;
  private final @Nullable NearSettings near;
  private final @Nullable EvaluationSets sets;

  private GroupComparedEntries(
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
  public static GroupComparedEntries with(
      ExampleEntries.Settings sharding,
      @Nullable NearSettings near,
      @Nullable EvaluationSets sets) {
    return new GroupComparedEntries(sharding, near, sets);
  }

  /** Sets the coders of the three outputs, before this transform is applied to them. */
  public static PCollectionTuple withCoders(PCollectionTuple outputs) {
    outputs.get(FingerprintFn.ENTRIES).setCoder(GroupByShard.CODER);
    outputs.get(FingerprintFn.TEXTS).setCoder(ByteArrayCoder.of());
    outputs.get(FingerprintFn.UNITS).setCoder(GroupByShard.CODER);
    return outputs;
  }

  @Override
  public PCollection<KV<Integer, Iterable<byte[]>>> expand(PCollectionTuple all) {
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
          edges
              .apply(
                  "Mark",
                  ParDo.of(
                      new MarkFn(
                          near.comparison().by(),
                          sharding.shards(),
                          near.action() != NearAction.DROP)))
              .setCoder(GroupByShard.CODER));
      if (near.action() == NearAction.DROP) {
        entries.add(edges.apply("Drop", DropNearCopies.with(near)));
      } else if (near.action() == NearAction.KEEP_TOGETHER) {
        pairs.add(edges.apply("Units", ParDo.of(new UnitsFn())).setCoder(ByteArrayCoder.of()));
      }
    }
    if (sharding.groups()) {
      pairs.add(
          units
              .apply("By prompt", GroupByKey.create())
              .apply("Shared prompts", ParDo.of(new SharedPromptFn()))
              .setCoder(ByteArrayCoder.of()));
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
            .apply("Move", ParDo.of(new MoveFn(sharding.shards())))
            .setCoder(GroupByShard.CODER);
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
