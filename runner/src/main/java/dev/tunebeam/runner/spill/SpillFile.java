package dev.tunebeam.runner.spill;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Set;

/**
 * A temporary file that grows at its end and is read anywhere, by several threads.
 *
 * <p>It has no name once it is open; on Windows the system deletes it when its process ends. So
 * nothing is left of it however the process ends, kill -9 too.
 */
final class SpillFile implements AutoCloseable {

  private final Path folder;
  private final FileChannel channel;
  private long size;

  private SpillFile(Path folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  static SpillFile create(Path folder) throws SpillException {
    try {
      Files.createDirectories(folder);
      Path path = Files.createTempFile(folder, "local-runner-", ".spill");
      try {
        return new SpillFile(
            folder,
            FileChannel.open(
                path,
                Set.of(
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.DELETE_ON_CLOSE)));
      } catch (IOException | RuntimeException e) {
        Files.deleteIfExists(path);
        throw e;
      }
    } catch (IOException e) {
      throw new SpillException("write to", folder, e);
    }
  }

  /** Where the next byte is written. */
  long size() {
    return size;
  }

  void append(ByteBuffer bytes) throws IOException {
    try {
      while (bytes.hasRemaining()) {
        size += channel.write(bytes, size);
      }
    } catch (ClosedChannelException e) {
      throw e; // The job was stopped: nothing is wrong with the folder.
    } catch (IOException e) {
      throw new SpillException("write to", folder, e);
    }
  }

  /** Reads at least one byte; there must be one. */
  void read(ByteBuffer bytes, long from) throws IOException {
    try {
      if (channel.read(bytes, from) < 0) {
        throw new IllegalStateException(
            String.format(Locale.ROOT, "a spill file ends before %d", from));
      }
    } catch (ClosedChannelException e) {
      throw e;
    } catch (IOException e) {
      throw new SpillException("read from", folder, e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
