package dev.tunebeam.runner.spill;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * What was spilled at one time. A fragment is the length of the key, the number of values and their
 * length, the key, the values.
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record FileRun(SpillFile file, long[] starts) implements Run {

  static final int HEADER = Integer.BYTES + 2 * Long.BYTES;

  @Override
  public long bytes(int partition) {
    return starts[partition + 1] - starts[partition];
  }

  @Override
  public Fragments open(int partition, int bufferBytes) {
    return new FileFragments(file, starts[partition], starts[partition + 1], bufferBytes);
  }

  private static final class FileFragments implements Fragments {

    private final SpillFile file;
    private final long end;
    private final int bufferBytes;
    private ByteBuffer buffer;

    /** Where the bytes behind the buffer begin. */
    private long at;

    private EncodedKey key = new EncodedKey(new byte[0]);
    private Part values = new CopiedPart(new byte[0], 0);

    FileFragments(SpillFile file, long from, long end, int bufferBytes) {
      this.file = file;
      this.at = from;
      this.end = end;
      this.bufferBytes = Math.max(HEADER, bufferBytes);
      this.buffer = ByteBuffer.allocate((int) Math.min(this.bufferBytes, end - from)).limit(0);
    }

    @Override
    public boolean advance() throws IOException {
      if (!buffer.hasRemaining() && at == end) {
        return false;
      }
      fill(HEADER);
      int keyLength = buffer.getInt();
      long count = buffer.getLong();
      long bytes = buffer.getLong();
      key = new EncodedKey(take(keyLength));
      if (bytes <= buffer.capacity()) {
        values = new CopiedPart(take((int) bytes), count);
      } else {
        long from = at - buffer.remaining();
        values = new FilePart(file, from, bytes, count, bufferBytes);
        at = from + bytes;
        buffer.limit(0);
      }
      return true;
    }

    private byte[] take(int length) throws IOException {
      fill(length);
      byte[] bytes = new byte[length];
      buffer.get(bytes);
      return bytes;
    }

    /** Sees to it that so many bytes are in the buffer. */
    private void fill(int length) throws IOException {
      if (buffer.remaining() >= length) {
        return;
      }
      if (length > buffer.capacity()) {
        buffer = ByteBuffer.allocate(length).put(buffer);
      } else {
        buffer.compact();
      }
      buffer.limit((int) Math.min(buffer.capacity(), buffer.position() + (end - at)));
      while (buffer.position() < length) {
        int before = buffer.position();
        file.read(buffer, at);
        at += buffer.position() - before;
      }
      buffer.flip();
    }

    @Override
    public EncodedKey key() {
      return key;
    }

    @Override
    public Part values() {
      return values;
    }
  }
}
