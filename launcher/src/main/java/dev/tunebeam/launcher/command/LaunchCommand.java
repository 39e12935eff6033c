package dev.tunebeam.launcher.command;

import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.launcher.process.Shell;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code launch DIR}: one training job per dataset and settings. */
@Command(
    name = "launch",
    mixinStandardHelpOptions = true,
    description = "Validates a dataset, shows the price, uploads it, starts the training job"
        + " and follows it.")
public final class LaunchCommand extends CommandContext {

  @Parameters(paramLabel = "DIR", description = "The dataset folder, with its manifest.json.")
  private Path folder = Path.of("");

  @Mixin private LaunchOptions options = new LaunchOptions();

  @Option(
      names = "--dry-run",
      description = "Sends nothing; prints the requests that would be sent, with the key masked.")
  private boolean dryRun;

  /** Creates the command. */
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
