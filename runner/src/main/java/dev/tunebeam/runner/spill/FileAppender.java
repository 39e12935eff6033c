package dev.tunebeam.runner.spill;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Gathers small writes to the end of a file, where the system takes them without a copy more. */
final class FileAppender {

  private static final int BUFFER = 1 << 16;

  private final SpillFile file;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);

  FileAppender(SpillFile file) {
    this.file = file;
  }

  long position() {
    return file.size() + buffer.position();
  }

  void write(ByteBuffer bytes) throws IOException {
    if (bytes.remaining() > buffer.remaining()) {
      flush();
    }
    if (bytes.remaining() > buffer.remaining()) {
      file.append(bytes);
    } else {
      buffer.put(bytes);
    }
  }

  void flush() throws IOException {
    file.append(buffer.flip());
    buffer.clear();
  }
}
