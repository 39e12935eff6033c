package dev.tunebeam.transforms.read.xlsx;

import dev.tunebeam.transforms.files.BeamFiles;
import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A local copy of a file on any Beam file system, for libraries that need one: the file itself if
 * it is local, else a temporary copy that is deleted on close.
 */
final class LocalFile implements Closeable {

  private final Path path;
  private final boolean copy;

  private LocalFile(Path path, boolean copy) {
    this.path = path;
    this.copy = copy;
  }

  /**
   * Finds or copies the file.
   *
   * @throws UncheckedIOException if the storage fails
   */
  static LocalFile of(String path) {
    try (ReadableByteChannel channel = BeamFiles.open(path)) {
      if (channel instanceof FileChannel) {
        return new LocalFile(Path.of(path), false);
      }
      Path target =
          Files.createTempFile(
              Path.of(System.getProperty("java.io.tmpdir", ".")), "tunebeam-", ".xlsx");
      try (InputStream in = Channels.newInputStream(channel)) {
        Files.copy(in, target, StandardCopyOption.REPLACE_EXISTING);
      } catch (IOException e) {
        Files.delete(target);
        throw e;
      }
      return new LocalFile(target, true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  File file() {
    return path.toFile();
  }

  @Override
  public void close() throws IOException {
    if (copy) {
      Files.deleteIfExists(path);
    }
  }
}
