package dev.tunebeam.runner.spill;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** Values in a file. */
record FilePart(SpillFile file, long from, long bytes, long count, int bufferBytes)
    implements Part {

  @Override
  public InputStream open() {
    return new PartStream(bytes) {
      private final ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(bufferBytes, bytes));

      @Override
      void refill(long left) throws IOException {
        buffer.clear().limit((int) Math.min(buffer.capacity(), left));
        file.read(buffer, from + bytes - left);
        show(buffer.array(), 0, buffer.position());
      }
    };
  }
}
