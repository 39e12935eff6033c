package dev.tunebeam.launcher.local;

import static dev.tunebeam.launcher.process.LauncherException.wrongUse;

import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.launcher.process.LauncherException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Runs a trainer and waits for its end. Its output is the command's own. */
public final class TrainerProcess {

  private TrainerProcess() {}

  /**
   * Runs the training that was written into a dataset's folder.
   *
   * @throws LauncherException with {@code WRONG_USE} if the program is not there, and {@code
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
          "%s cannot be started: is it installed, and on the PATH? (%s)"
              .formatted(command.get(0), installation));
    }
    try {
      int code = process.waitFor();
      if (code != 0) {
        throw new LauncherException(
            ExitCode.JOB_FAILED,
            "%s ended with %d; its own output tells why".formatted(command.get(0), code));
      }
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new LauncherException(ExitCode.JOB_FAILED, command.get(0) + " was interrupted", e);
    }
  }
}
