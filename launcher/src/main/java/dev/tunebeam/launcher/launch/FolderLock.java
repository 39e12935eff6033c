package dev.tunebeam.launcher.launch;

import dev.tunebeam.launcher.process.LockFile;
import dev.tunebeam.launcher.process.Waiting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;

/** Lets one process at a time launch from a folder. */
public final class FolderLock {

  private static final String NAME = ".launch.lock";

  private FolderLock() {}

  /**
   * Runs an action while holding the lock of a folder.
   *
   * @param patience how long to wait for it
   */
  public static <T> T holding(Path folder, Duration patience, Waiting waiting, Supplier<T> action) {
    return LockFile.holding(
        folder.resolve(NAME), LaunchFile.NAME, patience, waiting, "launching " + folder, action);
  }
}
