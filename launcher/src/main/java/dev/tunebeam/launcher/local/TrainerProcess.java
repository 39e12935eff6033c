package dev.tunebeam.launcher.local;

import static dev.tunebeam.launcher.process.LauncherException.wrongUse;

import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.launcher.process.IoReason;
import dev.tunebeam.launcher.process.LauncherException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Runs a trainer and waits for it. Its output is passed through. */
public final class TrainerProcess {

  private TrainerProcess() {}

  /**
   * Runs the training whose configs were written into a dataset's folder.
   *
   * @param output where the trainer's output goes, null for this process's own
   * @throws LauncherException with {@code WRONG_USE} if the trainer is not installed, and {@code
   *     JOB_FAILED} if it fails
   */
  public static void run(
      Path dataset, LocalTraining training, Trainer trainer, @Nullable OutputStream output) {
    run(
        dataset.resolve(LocalTraining.FOLDER),
        training.command(trainer),
        trainer.installation(),
        output);
  }

  static void run(
      Path folder, List<String> command, String installation, @Nullable OutputStream output) {
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile()).inheritIO();
    if (output != null) {
      builder.redirectOutput(ProcessBuilder.Redirect.PIPE);
    }
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      throw wrongUse(
          "cannot start %s: is it installed and on the PATH? (%s)"
              .formatted(command.get(0), installation));
    }
    try {
      if (output != null) {
        process.getInputStream().transferTo(output);
      }
      int code = process.waitFor();
      if (code != 0) {
        throw new LauncherException(
            ExitCode.JOB_FAILED,
            String.format(
                Locale.ROOT, "%s exited with code %d; see its output above", command.get(0), code));
      }
    } catch (IOException e) {
      process.destroy();
      throw new LauncherException(
          ExitCode.FAILED,
          "the output of %s cannot be read: %s".formatted(command.get(0), IoReason.of(e)),
          e);
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new LauncherException(ExitCode.JOB_FAILED, command.get(0) + " was interrupted", e);
    }
  }
}
