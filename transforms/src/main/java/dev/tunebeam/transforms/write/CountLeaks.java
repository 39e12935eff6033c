package dev.tunebeam.transforms.write;

import dev.tunebeam.transforms.fingerprint.Fingerprint;
import dev.tunebeam.transforms.shard.SpillingSorter;
import java.util.Arrays;
import org.apache.beam.sdk.coders.BigEndianLongCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Sum;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TypeDescriptor;

/**
 * Counts the validation examples that have a near copy in train.
 *
 * <p>In: {@link SplitLink}s by partition; out: their number. Holds 16 MiB of links.
 */
final class CountLeaks extends PTransform<PCollection<KV<Integer, byte[]>>, PCollectionView<Long>> {

  private static final long SORT_BYTES = 1L << 24;

  @Override
  public PCollectionView<Long> expand(PCollection<KV<Integer, byte[]>> links) {
    return links
        .apply("By text", GroupByKey.create())
        .apply("Across the split", ParDo.of(new AcrossFn()))
        .apply("By example", GroupByKey.create())
        .apply("Distinct", ParDo.of(new DistinctFn()))
        .setCoder(BigEndianLongCoder.of())
        .setTypeDescriptor(TypeDescriptor.of(Long.class))
        .apply("Sum", Sum.longsGlobally().asSingletonView());
  }

  /** The validation examples of pairs that are on two sides. */
  private static final class AcrossFn
      extends DoFn<KV<Integer, Iterable<byte[]>>, KV<Integer, byte[]>> {

    @ProcessElement
    public void process(
        @Element KV<Integer, Iterable<byte[]>> partition, OutputReceiver<KV<Integer, byte[]>> out) {
      try (SpillingSorter sorter = new SpillingSorter(SORT_BYTES)) {
        partition.getValue().forEach(sorter::add);
        Fingerprint text = new Fingerprint(0, 0);
        boolean inTrain = false;
        boolean inValidation = false;
        for (byte[] bytes : sorter.sorted()) {
          SplitLink link = SplitLink.decode(bytes);
          if (!link.other().equals(text)) {
            text = link.other();
            inTrain = false;
            inValidation = false;
          }
          if (link.id().equals(text)) {
            inTrain |= !link.isValidation();
            inValidation |= link.isValidation();
          } else if (link.isValidation() && inTrain) {
            emit(link.id(), out);
          } else if (!link.isValidation() && inValidation) {
            emit(text, out);
            inValidation = false;
          }
        }
      }
    }

    private static void emit(Fingerprint id, OutputReceiver<KV<Integer, byte[]>> out) {
      out.output(KV.of(id.shard(SplitLink.PARTITIONS), new SplitLink(id, id, true).encode()));
    }
  }

  private static final class DistinctFn extends DoFn<KV<Integer, Iterable<byte[]>>, Long> {

    @ProcessElement
    public void process(
        @Element KV<Integer, Iterable<byte[]>> partition, OutputReceiver<Long> out) {
      long distinct = 0;
      try (SpillingSorter sorter = new SpillingSorter(SORT_BYTES)) {
        partition.getValue().forEach(sorter::add);
        byte[] last = new byte[0];
        for (byte[] link : sorter.sorted()) {
          distinct += Arrays.equals(link, last) ? 0 : 1;
          last = link;
        }
      }
      out.output(distinct);
    }
  }
}
