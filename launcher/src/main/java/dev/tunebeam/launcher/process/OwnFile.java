package dev.tunebeam.launcher.process;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Files that hold what providers answered: only their owner may read them. */
public final class OwnFile {

  private static final FileAttribute<?>[] MODE =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
          ? new FileAttribute<?>[] {
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
          }
          : new FileAttribute<?>[0];

  private OwnFile() {}

  /**
   * Replaces a file in one step, synced to disk: a reader and a killed process see the old content
   * or the new one. Mode 0600 where the file system has modes.
   */
  public static void write(Path file, byte[] bytes) throws IOException {
    Path temporary = file.resolveSibling("." + file.getFileName() + ".new");
    Files.deleteIfExists(temporary); // one of a killed process may have another mode
    Files.createFile(temporary, MODE);
    Files.write(temporary, bytes);
    try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    Files.move(
        temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Opens a file for reading and writing; one that is made has mode 0600. */
  public static SeekableByteChannel open(Path file) throws IOException {
    return Files.newByteChannel(
        file,
        Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
        MODE);
  }
}
