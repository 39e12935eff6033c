package dev.tunebeam.launcher.command;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.dataset.terminal.ShellCommand;
import dev.tunebeam.launcher.evaluate.Evaluation;
import dev.tunebeam.launcher.evaluate.EvaluationFiles;
import dev.tunebeam.launcher.process.Shell;
import dev.tunebeam.launcher.registry.NamedModels;
import dev.tunebeam.launcher.registry.PromotedModel;
import dev.tunebeam.launcher.registry.RegistryFile;
import dev.tunebeam.launcher.terminal.Console;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code promote MODEL --as=production}: gives a model a name in the registry. */
@Command(
    name = "promote",
    mixinStandardHelpOptions = true,
    description = "Nothing is asked or compared; evaluate --against compares, run --promote both.")
public final class PromoteCommand extends CommandContext {

  @Mixin private ModelArgument argument = new ModelArgument();
  @Mixin private PromotionOptions options = new PromotionOptions();

  /** Creates the command. */
  public PromoteCommand(Shell shell) {
    super(shell);
  }

  /** The JSON output. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Result(String name, String registry, boolean changed, NamedModels models) {}

  @Override
  ExitCode run() {
    Console console = console();
    String name = options.checkedName(shell);
    ModelArgument.Found argued = argument.find(shell);
    FoundModel found = argued.model();
    Path folder = argued.folder();
    RegistryFile registry = argued.registry();
    PromotedModel promoted =
        found.promoted(
            folder == null ? null : registry.relative(folder),
            shell.clock().instant(),
            folder == null ? null : scores(folder, found));
    PromotedModel before = registry.find(name).map(NamedModels::current).orElse(null);
    NamedModels models =
        options.promote(registry, promoted, before, argument.provider(), shell, console);
    boolean changed = before == null || !before.isSameAs(promoted);
    List<String> said = said(name, registry, models, changed);
    console.say(said);
    monitor().say(said.get(0));
    console.json(new Result(name, registry.file().toString(), changed, models));
    return ExitCode.SUCCEEDED;
  }

  private static @Nullable Evaluation scores(Path folder, FoundModel found) {
    return EvaluationFiles.read(folder.resolve("evaluation-" + FileName.of(found.model())))
        .filter(scores -> scores.model().equals(found.model()))
        .orElse(null);
  }

  /** What a promotion has changed, and the next commands. */
  static List<String> said(
      String name, RegistryFile registry, NamedModels models, boolean changed) {
    String model = models.current().model();
    List<String> said = new ArrayList<>();
    said.add(
        changed
            ? models.previous().isEmpty()
                ? "%s is %s".formatted(name, model)
                : "%s is %s, and was %s".formatted(name, model, models.previous().get(0).model())
            : "%s is %s already".formatted(name, model));
    said.add("Next");
    next(name, registry, models).forEach(command -> said.add("  " + command));
    return said;
  }

  /** The commands for a name that a model has: the first one cannot be rolled back. */
  static List<String> next(String name, RegistryFile registry, NamedModels models) {
    String flag = "--registry=" + registry.file();
    String ask = ShellCommand.tunebeam("ask", name, "TEXT", flag);
    return models.previous().isEmpty()
        ? List.of(ask)
        : List.of(ask, ShellCommand.tunebeam("rollback", "--as=" + name, flag));
  }
}
