package dev.tunebeam.launcher.launch;

import dev.tunebeam.dataset.FolderOwner;
import dev.tunebeam.dataset.Manifest;
import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.launcher.process.LauncherException;
import dev.tunebeam.launcher.terminal.Console;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/** A job that is writing a dataset into a folder while it is launched. */
public final class RunningPrepare {

  private RunningPrepare() {}

  /**
   * Says so. It does no harm: the files of the dataset that is there stay.
   *
   * @throws LauncherException if there is no dataset yet
   */
  public static void tell(Path folder, Clock clock, Console console) {
    Optional<FolderOwner> owner = FolderOwner.of(folder, clock.instant());
    if (owner.isEmpty()) {
      return;
    }
    if (!Files.exists(folder.resolve(Manifest.FILE_NAME))) {
      throw new LauncherException(
          ExitCode.TRY_LATER,
          "%s is writing the dataset in %s; run the same command when it has ended"
              .formatted(owner.get(), folder));
    }
    console.tell(
        "%s is writing a new dataset to %s; this launches the one that is there"
            .formatted(owner.get(), folder));
  }
}
