package dev.tunebeam.launcher.local;

import static dev.tunebeam.launcher.process.LauncherException.wrongUse;

import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.launcher.process.LauncherException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Runs a trainer and waits for it. Its output is passed through. */
public final class TrainerProcess {

  private TrainerProcess() {}

  /**
   * Runs the training whose configs were written into a dataset's folder.
   *
   * @throws LauncherException with {@code WRONG_USE} if the trainer is not installed, and {@code
   *     JOB_FAILED} if it fails
   */
  public static void run(Path dataset, LocalTraining training, Trainer trainer) {
    run(dataset.resolve(LocalTraining.FOLDER), training.command(trainer), trainer.installation());
  }

  static void run(Path folder, List<String> command, String installation) {
    Process process;
    try {
      process = new ProcessBuilder(command).directory(folder.toFile()).inheritIO().start();
    } catch (IOException e) {
      throw wrongUse(
          "cannot start %s: is it installed and on the PATH? (%s)"
              .formatted(command.get(0), installation));
    }
    try {
      int code = process.waitFor();
      if (code != 0) {
        throw new LauncherException(
            ExitCode.JOB_FAILED,
            String.format(
                Locale.ROOT, "%s exited with code %d; see its output above", command.get(0), code));
      }
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new LauncherException(ExitCode.JOB_FAILED, command.get(0) + " was interrupted", e);
    }
  }
}
