package dev.tunebeam.launcher.command;

import static dev.tunebeam.launcher.process.LauncherException.wrongUse;

import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.launcher.process.LauncherException;
import dev.tunebeam.launcher.process.Shell;
import dev.tunebeam.launcher.provider.Provider;
import dev.tunebeam.launcher.terminal.Console;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code delete ID}: deletes fine-tuned models and uploaded files after a confirmation. */
@Command(
    name = "delete",
    mixinStandardHelpOptions = true,
    description = "Asks for confirmation; there is no undo.")
public final class DeleteCommand extends CommandContext {

  @Parameters(
      paramLabel = "ID",
      arity = "1..*",
      description = "Name of a fine-tuned model, or id of an uploaded file (file-…).")
  private List<String> ids = List.of();

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
    String names = String.join(", ", ids);
    if (!yes) {
      if (!console.terminal()) {
        throw wrongUse("cannot confirm without a terminal: use --yes to delete " + names);
      }
      if (!console.confirmed("Delete %s at %s?".formatted(names, provider.profile().title()))) {
        throw new LauncherException(ExitCode.WRONG_USE, "not confirmed; nothing was deleted");
      }
    }
    for (String id : ids) {
      provider.delete(id);
      console.say("deleted " + id);
    }
    console.json(Map.of("deleted", ids));
    return ExitCode.SUCCEEDED;
  }
}
