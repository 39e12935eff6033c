package dev.tunebeam.transforms.near;

import dev.tunebeam.transforms.compare.Bands;
import dev.tunebeam.transforms.compare.ComparedText;
import java.nio.ByteBuffer;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.jspecify.annotations.Nullable;

/** A text to its bands: {@code key 8 | id 16}, by partition of the key. */
final class BandFn extends DoFn<byte[], KV<Integer, byte[]>> {

  static final int KEY_BYTES = 8;

  private final Bands bands;
  private final int partitions;
  private transient Bands.@Nullable Keys keys;

  BandFn(Bands bands, int partitions) {
    this.bands = bands;
    this.partitions = partitions;
  }

  @ProcessElement
  public void process(@Element byte[] encoded, OutputReceiver<KV<Integer, byte[]>> out) {
    if (keys == null) {
      keys = bands.newKeys();
    }
    for (long key : keys.of(ComparedText.decode(encoded, 0))) {
      byte[] entry =
          ByteBuffer.allocate(KEY_BYTES + Ids.BYTES)
              .putLong(key)
              .put(encoded, 0, Ids.BYTES)
              .array();
      out.output(KV.of((int) (((key >>> 32) * partitions) >>> 32), entry));
    }
  }
}
