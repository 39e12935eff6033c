package dev.tunebeam.transforms.near;

import dev.tunebeam.transforms.compare.ComparedText;
import dev.tunebeam.transforms.compare.EvaluationPhrases;
import dev.tunebeam.transforms.compare.NearBy;
import dev.tunebeam.transforms.read.ReadRows;
import dev.tunebeam.transforms.row.Source;
import dev.tunebeam.transforms.shard.NearCounts;
import dev.tunebeam.transforms.shard.ShardEntry;
import dev.tunebeam.transforms.shard.ShardMark;
import dev.tunebeam.transforms.shard.ShardMark.Kind;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;

/**
 * Finds the examples that share a long phrase with an evaluation set.
 *
 * <p>In: {@link ComparedText}s; out: {@link #MARKS} by shard, and the {@link #TEXTS} that stay.
 * Each worker holds the phrases of the sets, 16 bytes for each of their words.
 */
final class Decontaminate extends PTransform<PCollection<byte[]>, PCollectionTuple> {

  static final TupleTag<byte[]> TEXTS = new TupleTag<>("clean texts") {};
  static final TupleTag<KV<Integer, byte[]>> MARKS = new TupleTag<>("contaminated") {};

  /** The number of rows of the sets that cannot be read, as entries of shards. */
  static final TupleTag<KV<Integer, byte[]>> UNREAD = new TupleTag<>("unread") {};

  private final EvaluationSets sets;
  private final NearBy by;
  private final int shards;

  private Decontaminate(EvaluationSets sets, NearBy by, int shards) {
    this.sets = sets;
    this.by = by;
    this.shards = shards;
  }

  static Decontaminate with(EvaluationSets sets, NearBy by, int shards) {
    return new Decontaminate(sets, by, shards);
  }

  @Override
  public PCollectionTuple expand(PCollection<byte[]> texts) {
    PCollection<EvaluationPhrases> phrases =
        texts
            .getPipeline()
            .apply("Evaluation sets", ReadRows.of(sets.ranges(), sets.options()))
            .apply("Phrases", Combine.globally(new CombinePhrases()));
    PCollectionView<EvaluationPhrases> view = phrases.apply("View", View.asSingleton());
    PCollectionTuple found =
        texts.apply(
            "Find",
            ParDo.of(new FindFn(view, sets.action() == Contaminated.DROP, by, shards))
                .withSideInputs(view)
                .withOutputTags(TEXTS, TupleTagList.of(MARKS)));
    PCollection<KV<Integer, byte[]>> unread = phrases.apply("Unread", ParDo.of(new UnreadFn()));
    found.get(TEXTS);
    found.get(MARKS);
    return found.and(UNREAD, unread);
  }

  private static final class FindFn extends DoFn<byte[], byte[]> {

    private final PCollectionView<EvaluationPhrases> phrases;
    private final boolean drops;
    private final NearBy by;
    private final int shards;

    FindFn(PCollectionView<EvaluationPhrases> phrases, boolean drops, NearBy by, int shards) {
      this.phrases = phrases;
      this.drops = drops;
      this.by = by;
      this.shards = shards;
    }

    @ProcessElement
    public void process(ProcessContext context) {
      ComparedText text = ComparedText.decode(context.element(), 0);
      Source row = context.sideInput(phrases).find(text);
      if (row != null) {
        ShardMark mark =
            new ShardMark(
                drops ? Kind.CONTAMINATED : Kind.CONTAMINATED_KEPT,
                text.unit(),
                text.prompt(),
                by == NearBy.PROMPT ? ShardMark.ALL : text.id(),
                ShardMark.ALL,
                row,
                ShardMark.SHARES_A_PHRASE,
                0);
        context.output(MARKS, KV.of(text.unit().shard(shards), mark.encode()));
      }
      if (row == null || !drops) {
        context.output(context.element());
      }
    }
  }

  private static final class UnreadFn extends DoFn<EvaluationPhrases, KV<Integer, byte[]>> {

    @ProcessElement
    public void process(
        @Element EvaluationPhrases phrases, OutputReceiver<KV<Integer, byte[]>> out) {
      if (phrases.unread() > 0) {
        out.output(KV.of(0, ShardEntry.of(new NearCounts(0, 0, 0, 0, phrases.unread()))));
      }
    }
  }
}
