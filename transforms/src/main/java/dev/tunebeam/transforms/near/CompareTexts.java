package dev.tunebeam.transforms.near;

import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Values;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;

/**
 * Compares texts that may be similar: signatures are cut into bands, texts that agree in a band are
 * candidates, and candidates are compared word by word.
 *
 * <p>In: {@link dev.tunebeam.transforms.compare.ComparedText}s; out: {@link #EDGES} and {@link
 * #COUNTS}. Of all texts only the bands are shuffled; texts only if they are candidates, which a
 * Bloom filter of at most 64 MiB says. A text is compared with at most {@link
 * RequestFn#MOST_COMPARED} others, so the work is proportional to the number of texts. A function
 * of the texts and the settings; a worker holds 32 MiB of records and two texts.
 */
final class CompareTexts extends PTransform<PCollection<byte[]>, PCollectionTuple> {

  static final TupleTag<byte[]> EDGES = VerifyFn.EDGES;

  /** {@link dev.tunebeam.transforms.shard.NearCounts} as entries of shards. */
  static final TupleTag<KV<Integer, byte[]>> COUNTS = new TupleTag<>("all counts") {};

  private final NearSettings settings;

  private CompareTexts(NearSettings settings) {
    this.settings = settings;
  }

  static CompareTexts with(NearSettings settings) {
    return new CompareTexts(settings);
  }

  @Override
  public PCollectionTuple expand(PCollection<byte[]> texts) {
    int partitions = settings.partitions();
    PCollectionTuple requests =
        texts
            .apply("Bands", ParDo.of(new BandFn(settings.bands(), settings.bandPartitions())))
            .apply("By band", GroupByKey.create())
            .apply("Candidates", ParDo.of(new CandidateFn(partitions)))
            .apply("By candidate", GroupByKey.create())
            .apply(
                "Request",
                ParDo.of(new RequestFn(partitions))
                    .withOutputTags(RequestFn.REQUESTS, TupleTagList.of(RequestFn.COUNTS)));
    PCollection<KV<Integer, byte[]>> asked = requests.get(RequestFn.REQUESTS);
    PCollectionView<IdFilter> wanted =
        asked
            .apply("Requested", Values.create())
            .apply(
                "Filter",
                Combine.globally(new CombineIds(settings.log2FilterBits())).asSingletonView());
    PCollection<KV<Integer, byte[]>> candidates =
        texts.apply("Wanted", ParDo.of(new WantedFn(wanted, partitions)).withSideInputs(wanted));
    PCollectionTuple verified =
        PCollectionList.of(candidates)
            .and(asked)
            .apply("Texts and requests", Flatten.pCollections())
            .apply("By text", GroupByKey.create())
            .apply("Send", ParDo.of(new SendFn(partitions)))
            .apply("By pair", GroupByKey.create())
            .apply(
                "Verify",
                ParDo.of(
                        new VerifyFn(
                            settings.comparison(), settings.action() == NearAction.KEEP_TOGETHER))
                    .withOutputTags(VerifyFn.EDGES, TupleTagList.of(VerifyFn.COUNTS)));
    PCollection<byte[]> edges = verified.get(VerifyFn.EDGES);
    PCollection<KV<Integer, byte[]>> counts =
        PCollectionList.of(requests.get(RequestFn.COUNTS))
            .and(verified.get(VerifyFn.COUNTS))
            .apply("Counts", Flatten.pCollections());
    return PCollectionTuple.of(EDGES, edges).and(COUNTS, counts);
  }
}
