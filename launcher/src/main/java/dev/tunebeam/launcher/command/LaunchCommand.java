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
    modelTransformer = TrainingFlags.class,
    description = "Flags override the section launch of the dataset's recipe.")
public final class LaunchCommand extends CommandContext {

  @Parameters(paramLabel = "DIR", description = "Dataset folder, with a manifest.")
  private Path folder = Path.of("");

  @Mixin private LaunchOptions options = new LaunchOptions();
  @Mixin private RegistryOption registry = new RegistryOption();

  @Option(
      names = "--dryRun",
      description = "Print each request instead of sending it, with the key hidden.")
  private boolean dryRun;

  /** Creates the command. */
  public LaunchCommand(Shell shell) {
    super(shell);
  }

  @Override
  boolean isDryRun() {
    return dryRun;
  }

  @Override
  ExitCode run() {
    Launching launching =
        new Launching(
            options,
            spec,
            shell,
            console(),
            monitor(),
            shell.folder().resolve(folder),
            registry,
            null,
            null);
    return dryRun ? launching.dryRun() : launching.launch();
  }
}
