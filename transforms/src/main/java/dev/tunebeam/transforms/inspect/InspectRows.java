package dev.tunebeam.transforms.inspect;

import dev.tunebeam.transforms.count.CountTokens;
import dev.tunebeam.transforms.deduplicate.Chunk;
import dev.tunebeam.transforms.deduplicate.ChunkCoder;
import dev.tunebeam.transforms.deduplicate.Conflicts;
import dev.tunebeam.transforms.deduplicate.DedupBy;
import dev.tunebeam.transforms.near.EvaluationSets;
import dev.tunebeam.transforms.near.GroupByShard;
import dev.tunebeam.transforms.near.NearSettings;
import dev.tunebeam.transforms.normalize.Normalizer;
import dev.tunebeam.transforms.normalize.dialect.Shape;
import dev.tunebeam.transforms.row.Outcome;
import dev.tunebeam.transforms.row.Row;
import dev.tunebeam.transforms.shard.ExampleEntries;
import dev.tunebeam.transforms.shard.FingerprintFn;
import java.util.List;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.jspecify.annotations.Nullable;

/**
 * Computes one {@link Inspection} from rows.
 *
 * <p>In: rows, rejected rows and counts; out: a single {@link #INSPECTION}, and {@link #CHUNKS} of
 * what is kept, with notes in place of lines, from which split and price follow as in prepare. The
 * rows are read once. About a hundred bytes per row cross the network, by shard as in prepare, so
 * that duplicates and conflicts are exact. Row statistics are aggregated per bundle, then per
 * shard, then globally: the last combine has as many inputs as there are shards. Depends on the
 * input alone, not on bundles.
 */
public final class InspectRows extends PTransform<PCollection<Outcome<Row>>, PCollectionTuple> {

  public static final TupleTag<Inspection> INSPECTION = new TupleTag<>("inspection") {};
  public static final TupleTag<Chunk> CHUNKS = new TupleTag<>("chunks") {};

  private static final TupleTag<Inspection> BY_SHARD = new TupleTag<>("by shard") {};

  private final RowInspector.Settings settings;
  private final GroupByShard grouping;
  private final ShardInspector shards;

  private InspectRows(
      RowInspector.Settings settings, GroupByShard grouping, ShardInspector shards) {
    this.settings = settings;
    this.grouping = grouping;
    this.shards = shards;
  }

  /**
   * Creates the transform, with the settings of prepare.
   *
   * @param shapes one per input file, by index
   * @param near how near copies are found; null if they are not
   * @param sets the evaluation sets; null for none
   */
  public static InspectRows of(
      List<Shape> shapes,
      Normalizer.Settings normalizing,
      CountTokens.Settings counting,
      ExampleEntries.Settings sharding,
      @Nullable NearSettings near,
      @Nullable EvaluationSets sets,
      DedupBy dedupBy,
      Conflicts conflicts) {
    return new InspectRows(
        new RowInspector.Settings(shapes, normalizing, counting, sharding),
        GroupByShard.with(sharding, near, sets),
        new ShardInspector(dedupBy, conflicts, sharding.firstGiven()));
  }

  @Override
  public PCollectionTuple expand(PCollection<Outcome<Row>> rows) {
    PCollectionTuple inspected =
        rows.apply(
                "Inspect rows",
                ParDo.of(new RowsFn(settings))
                    .withOutputTags(
                        FingerprintFn.ENTRIES, GroupByShard.others(settings.sharding())))
            .apply("Shard", grouping)
            .apply(
                "Inspect shards",
                ParDo.of(new ShardsFn(shards)).withOutputTags(BY_SHARD, TupleTagList.of(CHUNKS)));
    PCollection<Inspection> merged =
        inspected
            .get(BY_SHARD)
            .setCoder(SerializableCoder.of(Inspection.class))
            .apply("Merge", Combine.globally(new MergeInspections()));
    return PCollectionTuple.of(INSPECTION, merged)
        .and(CHUNKS, inspected.get(CHUNKS).setCoder(ChunkCoder.of()));
  }

  // Beam calls setup() before any element.
  @SuppressWarnings("NullAway.Init")
  private static final class RowsFn extends DoFn<Outcome<Row>, KV<Integer, byte[]>> {

    private final RowInspector.Settings settings;
    private transient RowInspector inspector;

    RowsFn(RowInspector.Settings settings) {
      this.settings = settings;
    }

    @Setup
    public void setup() {
      inspector = new RowInspector(settings);
    }

    @ProcessElement
    public void process(@Element Outcome<Row> outcome, MultiOutputReceiver out) {
      inspector.inspect(outcome, FingerprintFn.to(out));
    }

    @FinishBundle
    public void finishBundle(FinishBundleContext context) {
      context.output(
          KV.of(0, ShardInspector.entryOf(inspector.takeStatistics())),
          GlobalWindow.INSTANCE.maxTimestamp(),
          GlobalWindow.INSTANCE);
    }
  }

  private static final class ShardsFn extends DoFn<KV<Integer, Iterable<byte[]>>, Inspection> {

    private final ShardInspector inspector;

    ShardsFn(ShardInspector inspector) {
      this.inspector = inspector;
    }

    @ProcessElement
    public void process(@Element KV<Integer, Iterable<byte[]>> shard, MultiOutputReceiver out) {
      out.get(BY_SHARD)
          .output(inspector.inspect(shard.getKey(), shard.getValue(), out.get(CHUNKS)::output));
    }
  }
}
