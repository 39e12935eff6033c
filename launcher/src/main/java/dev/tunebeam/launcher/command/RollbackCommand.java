package dev.tunebeam.launcher.command;

import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.launcher.process.Shell;
import dev.tunebeam.launcher.registry.NamedModels;
import dev.tunebeam.launcher.registry.RegistryFile;
import dev.tunebeam.launcher.terminal.Console;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code rollback}: gives a name back to the model that had it before. */
@Command(
    name = "rollback",
    mixinStandardHelpOptions = true,
    description = "Call it again to go back further. run --promote does not promote it again.")
public final class RollbackCommand extends CommandContext {

  @Parameters(
      arity = "0..1",
      paramLabel = "DIR",
      description = "Dataset folder whose registry it is; by default this folder.")
  private @Nullable Path folder;

  @Mixin private ProviderOptions providerOptions = new ProviderOptions();
  @Mixin private RegistryOption registryOption = new RegistryOption();
  @Mixin private PromotionOptions options = new PromotionOptions();

  /** Creates the command. */
  public RollbackCommand(Shell shell) {
    super(shell);
  }

  @Override
  ExitCode run() {
    Console console = console();
    String name = options.checkedName(shell);
    RegistryFile registry =
        registryOption.of(shell, folder == null ? null : shell.folder().resolve(folder));
    NamedModels models = options.rollBack(registry, providerOptions, shell, console);
    String said =
        "%s is %s again, and no longer %s"
            .formatted(name, models.current().model(), models.rolledBack().get(0).model());
    console.say(said);
    monitor().say(said);
    console.json(new PromoteCommand.Result(name, registry.file().toString(), true, models));
    return ExitCode.SUCCEEDED;
  }
}
