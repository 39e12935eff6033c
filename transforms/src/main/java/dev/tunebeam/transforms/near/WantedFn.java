package dev.tunebeam.transforms.near;

import dev.tunebeam.transforms.fingerprint.Fingerprint;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollectionView;

/** The texts that are a candidate: {@code id 16 | TEXT 1 | text}, by partition of the id. */
final class WantedFn extends DoFn<byte[], KV<Integer, byte[]>> {

  private final PCollectionView<IdFilter> wanted;
  private final int partitions;

  WantedFn(PCollectionView<IdFilter> wanted, int partitions) {
    this.wanted = wanted;
    this.partitions = partitions;
  }

  @ProcessElement
  public void process(ProcessContext context) {
    byte[] text = context.element();
    Fingerprint id = Ids.at(text, 0);
    if (context.sideInput(wanted).mayContain(id)) {
      context.output(KV.of(id.shard(partitions), Ids.record(id, RequestFn.TEXT, text, 0)));
    }
  }
}
