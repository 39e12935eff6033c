package dev.tunebeam.launcher.process;

import dev.tunebeam.dataset.terminal.ExitCode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets one process at a time do something. The operating system releases the lock when the process
 * ends, even if it is killed; the file stays, empty.
 */
public final class LockFile {

  private static final Duration LOOK = Duration.ofMillis(200);

  private LockFile() {}

  /**
   * Runs an action while holding the lock.
   *
   * @param file the lock, in a folder that exists
   * @param holds the file that the folder must hold, for messages
   * @param patience how long to wait for it
   * @param doing what its holder does, after "another tunebeam process is"
   * @throws LauncherException with {@code TRY_LATER} if another process holds it for longer
   */
  public static <T> T holding(
      Path file,
      String holds,
      Duration patience,
      Waiting waiting,
      String doing,
      Supplier<T> action) {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      lock(channel, patience, waiting, doing);
      return action.get();
    } catch (IOException e) {
      throw new LauncherException(
          ExitCode.FAILED,
          "cannot write to %s, which must hold %s: %s"
              .formatted(file.getParent(), holds, IoReason.of(e)),
          e);
    }
  }

  private static void lock(FileChannel channel, Duration patience, Waiting waiting, String doing)
      throws IOException {
    Duration left = patience;
    boolean first = true;
    while (tryLock(channel) == null) {
      if (left.isNegative()) {
        throw new LauncherException(
            ExitCode.TRY_LATER,
            "another tunebeam process is still %s; run the same command later to resume"
                .formatted(doing));
      }
      if (first) {
        waiting.announce("another tunebeam process is " + doing, left);
        first = false;
      }
      try {
        waiting.sleep(LOOK);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new LauncherException(ExitCode.TRY_LATER, "interrupted while waiting", e);
      }
      left = left.minus(LOOK);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // held by a thread of this process
    }
  }
}
