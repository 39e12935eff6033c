package dev.tunebeam.launcher.command;

import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.launcher.process.Shell;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code launch DIR}: from a dataset to a job, once. */
@Command(
    name = "launch",
    mixinStandardHelpOptions = true,
    description = "Checks a dataset, prices it, uploads it, starts its training and follows it.")
public final class LaunchCommand extends CommandContext {

  @Parameters(paramLabel = "DIR", description = "The dataset: a folder with a manifest.")
  private Path folder = Path.of("");

  @Mixin private LaunchOptions options = new LaunchOptions();

  @Option(
      names = "--dry-run",
      description = "Sends nothing; prints each request that would be sent, the key hidden.")
  private boolean dryRun;

  /** A command in these surroundings. */
  public LaunchCommand(Shell shell) {
    super(shell);
  }

  @Override
  ExitCode run() {
    Launching launching =
        new Launching(options, shell, console(), shell.folder().resolve(folder), null);
    return dryRun ? launching.dryRun() : launching.launch();
  }
}
