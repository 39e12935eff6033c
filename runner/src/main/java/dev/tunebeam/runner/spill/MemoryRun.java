package dev.tunebeam.runner.spill;

import java.util.List;
import java.util.Map;

/** What never left the buffer. */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record MemoryRun(List<Map.Entry<EncodedKey, Chain>> chains, int[] starts) implements Run {

  @Override
  public long bytes(int partition) {
    long bytes = 0;
    for (int i = starts[partition]; i < starts[partition + 1]; i++) {
      // Keys and values may have no bytes, and are something to read all the same.
      bytes += FileRun.HEADER;
      bytes += chains.get(i).getKey().bytes().length + chains.get(i).getValue().bytes();
    }
    return bytes;
  }

  @Override
  public Fragments open(int partition, int bufferBytes) {
    return new Fragments() {
      private int at = starts[partition] - 1;

      @Override
      public boolean advance() {
        return ++at < starts[partition + 1];
      }

      @Override
      public EncodedKey key() {
        return chains.get(at).getKey();
      }

      @Override
      public Part values() {
        return chains.get(at).getValue();
      }
    };
  }
}
