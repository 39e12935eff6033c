package dev.tunebeam.launcher.launch;

import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.launcher.process.IoReason;
import dev.tunebeam.launcher.process.LauncherException;
import dev.tunebeam.launcher.process.Waiting;
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
 * Lets one process at a time launch from a folder. The operating system releases the lock when the
 * process ends, even if it is killed.
 */
public final class FolderLock {

  private static final String NAME = ".launch.lock";
  private static final Duration LOOK = Duration.ofMillis(200);

  private final FileChannel channel;

  private FolderLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Runs an action while holding the lock of a folder.
   *
   * @param patience how long to wait for it
   */
  public static <T> T holding(Path folder, Duration patience, Waiting waiting, Supplier<T> action) {
    FolderLock lock = of(folder, patience, waiting);
    try {
      return action.get();
    } finally {
      close(lock.channel);
    }
  }

  private static FolderLock of(Path folder, Duration patience, Waiting waiting) {
    FileChannel channel;
    try {
      channel =
          FileChannel.open(
              folder.resolve(NAME), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new LauncherException(
          ExitCode.FAILED,
          "cannot write to %s, which must hold %s: %s"
              .formatted(folder, LaunchFile.NAME, IoReason.of(e)),
          e);
    }
    try {
      Duration left = patience;
      boolean first = true;
      while (tryLock(channel) == null) {
        if (left.isNegative()) {
          throw new LauncherException(
              ExitCode.TRY_LATER,
              "another tunebeam process is still launching %s; run the same command later to resume"
                  .formatted(folder));
        }
        if (first) {
          waiting.announce("another tunebeam process is launching " + folder, left);
          first = false;
        }
        waiting.sleep(LOOK);
        left = left.minus(LOOK);
      }
      return new FolderLock(channel);
    } catch (IOException | InterruptedException | RuntimeException e) {
      close(channel);
      if (e instanceof RuntimeException failure) {
        throw failure;
      }
      throw new LauncherException(ExitCode.FAILED, "cannot lock %s: %s".formatted(folder, e), e);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // held by a thread of this process
    }
  }

  private static void close(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      throw new LauncherException(ExitCode.FAILED, "cannot unlock: " + e, e);
    }
  }
}
