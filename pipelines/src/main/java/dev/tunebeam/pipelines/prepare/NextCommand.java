package dev.tunebeam.pipelines.prepare;

import dev.tunebeam.dataset.FilePath;
import dev.tunebeam.dataset.Format;
import dev.tunebeam.dataset.terminal.ShellCommand;
import org.jspecify.annotations.Nullable;

/** What a report names as the command to run after prepare. A pure function. */
public final class NextCommand {

  private NextCommand() {}

  /** The command; some formats are for local training only. */
  public static String of(@Nullable String output, Format format) {
    if (output == null) {
      return "the same command without --dryRun writes the dataset";
    }
    String provider = format.isUploaded() ? "" : " --provider=local --model=NAME";
    String folder = FilePath.withoutFileScheme(output);
    return FilePath.isRemote(folder)
        ? "%s%s, where FOLDER is a local copy of %s"
            .formatted(ShellCommand.tunebeam("launch", "FOLDER"), provider, folder)
        : ShellCommand.tunebeam("launch", folder) + provider;
  }
}
