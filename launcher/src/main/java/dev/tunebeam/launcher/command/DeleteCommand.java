package dev.tunebeam.launcher.command;

import static dev.tunebeam.launcher.process.LauncherException.wrongUse;

import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.launcher.process.LauncherException;
import dev.tunebeam.launcher.process.Shell;
import dev.tunebeam.launcher.provider.Provider;
import dev.tunebeam.launcher.terminal.Console;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code delete MODEL}: deletes a fine-tuned model after a confirmation. */
@Command(
    name = "delete",
    mixinStandardHelpOptions = true,
    description = "Asks for confirmation; there is no undo.")
public final class DeleteCommand extends CommandContext {

  @Parameters(paramLabel = "MODEL", description = "Name of the fine-tuned model.")
  private String model = "";

  @Mixin private ProviderOptions providerOptions = new ProviderOptions();

  @Option(
      names = {"-y", "--yes"},
      description = "Do not ask for confirmation.")
  private boolean yes;

  /** Creates the command. */
  public DeleteCommand(Shell shell) {
    super(shell);
  }

  @Override
  ExitCode run() {
    Console console = console();
    Provider provider = providerOptions.open(providerOptions.orDefault(shell), shell, console);
    if (!yes) {
      if (!console.terminal()) {
        throw wrongUse("cannot confirm without a terminal: use --yes to delete " + model);
      }
      if (!console.confirmed("Delete %s at %s?".formatted(model, provider.profile().title()))) {
        throw new LauncherException(ExitCode.WRONG_USE, "not confirmed; nothing was deleted");
      }
    }
    provider.deleteModel(model);
    console.say("deleted " + model);
    console.json(Map.of("deleted", model));
    return ExitCode.SUCCEEDED;
  }
}
