package dev.tunebeam.launcher.command;

import dev.tunebeam.dataset.terminal.Columns;
import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.dataset.terminal.Figures;
import dev.tunebeam.launcher.process.Shell;
import dev.tunebeam.launcher.provider.Checkpoint;
import dev.tunebeam.launcher.terminal.Console;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code checkpoints JOB}: the models in the middle of its training. */
@Command(name = "checkpoints", mixinStandardHelpOptions = true)
public final class CheckpointsCommand extends CommandContext {

  @Mixin private JobTarget target = new JobTarget();

  /** Creates the command. */
  public CheckpointsCommand(Shell shell) {
    super(shell);
  }

  @Override
  ExitCode run() {
    Console console = console();
    JobTarget.Found found = target.find(shell, console);
    List<Checkpoint> checkpoints = found.provider().checkpoints(found.id());
    Columns table = new Columns("rlrrr");
    table.row("step", "model", "train loss", "validation loss", "full validation loss");
    for (Checkpoint checkpoint : checkpoints) {
      table.row(
          Figures.count(checkpoint.step()),
          checkpoint.model(),
          metric(checkpoint, "train_loss"),
          metric(checkpoint, "valid_loss"),
          metric(checkpoint, "full_valid_loss"));
    }
    console.say(checkpoints.isEmpty() ? List.of("no checkpoints yet") : table.lines(""));
    console.json(Map.of("checkpoints", checkpoints));
    return ExitCode.SUCCEEDED;
  }

  private static String metric(Checkpoint checkpoint, String name) {
    var value = checkpoint.metrics().path(name);
    return value.isNumber() ? String.format(Locale.ROOT, "%.4f", value.asDouble()) : "-";
  }
}
