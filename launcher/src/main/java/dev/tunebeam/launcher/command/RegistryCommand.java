package dev.tunebeam.launcher.command;

import dev.tunebeam.dataset.terminal.Columns;
import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.dataset.terminal.TerminalText;
import dev.tunebeam.launcher.process.Shell;
import dev.tunebeam.launcher.registry.NamedModels;
import dev.tunebeam.launcher.registry.PromotedModel;
import dev.tunebeam.launcher.registry.RegistryFile;
import dev.tunebeam.launcher.terminal.Console;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code registry [NAME]}: prints the model of a name, for scripts; or all names. */
@Command(
    name = "registry",
    mixinStandardHelpOptions = true,
    description =
        "With a name it prints only the model, and ends with exit code 2 if there is none.")
public final class RegistryCommand extends CommandContext {

  @Parameters(arity = "0..1", paramLabel = "NAME", description = "Name; by default all of them.")
  private @Nullable String name;

  @Mixin private RegistryOption registryOption = new RegistryOption();

  /** Creates the command. */
  public RegistryCommand(Shell shell) {
    super(shell);
  }

  @Override
  ExitCode run() {
    Console console = console();
    RegistryFile registry = registryOption.of(shell, null);
    if (name != null) {
      NamedModels models =
          registry.find(name).orElseThrow(() -> registry.unknown(String.valueOf(name)));
      console.say(models.current().model());
      console.json(new PromoteCommand.Result(name, registry.file().toString(), false, models));
      return ExitCode.SUCCEEDED;
    }
    SortedMap<String, NamedModels> names = registry.names();
    console.say(names.isEmpty() ? List.of("no names in " + registry.file()) : table(names));
    console.json(Map.of("registry", registry.file().toString(), "names", names));
    return ExitCode.SUCCEEDED;
  }

  private static List<String> table(SortedMap<String, NamedModels> names) {
    Columns table = new Columns("lllll");
    table.row("name", "model", "provider", "promoted", "scores");
    names.forEach(
        (name, models) -> {
          row(table, name, models.current());
          models.previous().forEach(before -> row(table, "", before));
        });
    return table.lines("");
  }

  private static void row(Columns table, String name, PromotedModel model) {
    table.row(
        name,
        TerminalText.oneLine(model.model()),
        model.provider(),
        model.promoted().truncatedTo(ChronoUnit.SECONDS).toString(),
        model.scores().entrySet().stream()
            .map(score -> String.format(Locale.ROOT, "%s %.4f", score.getKey(), score.getValue()))
            .collect(Collectors.joining(", ")));
  }
}
