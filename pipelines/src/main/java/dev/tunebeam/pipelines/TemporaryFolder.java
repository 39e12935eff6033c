package dev.tunebeam.pipelines;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The temporary files of one process: a folder that only its user can read, in {@code
 * java.io.tmpdir}, which leads to it from then on, also for libraries. It is deleted when the
 * process ends, and if that was killed, by the next one: a folder whose lock nobody holds belongs
 * to no process.
 */
final class TemporaryFolder implements AutoCloseable {

  private static final String PREFIX = "tunebeam-run-";
  private static final String LOCK = "lock";
  private static final String PROPERTY = "java.io.tmpdir";

  /** The room that native libraries take. Where not even these can be written, the disk is full. */
  private static final int LEAST_BYTES = 1 << 19;

  /** A folder without a lock file is a moment old, or what is left of one that was deleted. */
  private static final Duration WITHOUT_LOCK = Duration.ofHours(1);

  private final Path parent;
  private final Path path;
  private final FileChannel lock;

  private TemporaryFolder(Path parent, Path path, FileChannel lock) {
    this.parent = parent;
    this.path = path;
    this.lock = lock;
  }

  /**
   * Creates the folder, and deletes those that killed processes left.
   *
   * @throws IOException if no file can be written or no library loaded there; the message says why
   */
  static TemporaryFolder open() throws IOException {
    Path parent = Path.of(System.getProperty(PROPERTY, ".")).toAbsolutePath();
    if (!Files.isDirectory(parent)) {
      throw new IOException("there is no such folder");
    }
    deleteAbandoned(parent);
    Path path = Files.createTempDirectory(parent, PREFIX);
    Path file = path.resolve(LOCK);
    FileChannel lock =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    TemporaryFolder folder = new TemporaryFolder(parent, path, lock);
    try {
      if (lock.tryLock() == null) {
        throw new IOException("the file " + file + " cannot be locked");
      }
      if (lock.write(ByteBuffer.allocate(LEAST_BYTES)) < LEAST_BYTES) {
        throw new IOException("No space left on device");
      }
      lock.truncate(0);
      if (!file.toFile().setExecutable(true) || !Files.isExecutable(file)) {
        throw new IOException("it is mounted noexec, so no native library can be loaded from it");
      }
    } catch (IOException e) {
      folder.close();
      throw e;
    }
    System.setProperty(PROPERTY, path.toString());
    return folder;
  }

  Path path() {
    return path;
  }

  /** Deletes it. What cannot be deleted is left to the next process. */
  @Override
  public void close() {
    System.setProperty(PROPERTY, parent.toString());
    try (lock) {
      delete(path);
    } catch (IOException | UncheckedIOException e) {
      // The next process tries again.
    }
  }

  private static void deleteAbandoned(Path parent) {
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, PREFIX + "*")) {
      for (Path folder : folders) {
        if (isAbandoned(folder)) {
          delete(folder);
        }
      }
    } catch (IOException | UncheckedIOException e) {
      // Files of another user, or deleted by another process: not ours to care for.
    }
  }

  private static boolean isAbandoned(Path folder) throws IOException {
    if (!Files.isWritable(folder)) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(folder.resolve(LOCK), StandardOpenOption.WRITE)) {
      @Nullable FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    } catch (NoSuchFileException e) {
      return Files.getLastModifiedTime(folder)
          .toInstant()
          .isBefore(Instant.now().minus(WITHOUT_LOCK));
    }
  }

  /** The lock goes last: until then, what is left is known to be nobody's. */
  private static void delete(Path folder) throws IOException {
    List<Path> all;
    try (Stream<Path> files = Files.walk(folder)) {
      all = files.sorted(Comparator.reverseOrder()).toList();
    }
    Path lock = folder.resolve(LOCK);
    for (Path file : all) {
      if (!file.equals(lock) && !file.equals(folder)) {
        Files.deleteIfExists(file);
      }
    }
    Files.deleteIfExists(lock);
    Files.deleteIfExists(folder);
  }
}
