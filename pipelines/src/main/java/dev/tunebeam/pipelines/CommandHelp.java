package dev.tunebeam.pipelines;

import dev.tunebeam.dataset.settings.CommandName;
import dev.tunebeam.dataset.terminal.Nearest;
import dev.tunebeam.dataset.terminal.ShellCommand;
import dev.tunebeam.dataset.yaml.DashedNames;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The help of the whole command line, printed by {@code tunebeam} without arguments. */
public final class CommandHelp {

  private CommandHelp() {}

  /** The help text; ends with a line break. */
  public static String text() {
    return """
    tunebeam turns raw corpora into fine-tuning datasets, prices the training and starts it.

    Usage: tunebeam COMMAND [--key=value ...]

    Datasets
    %s

    Training
    %s

    Shell
    %s

    Examples
      tunebeam inspect --input=questions.csv
      tunebeam prepare --input=questions.csv --output=out
      tunebeam prepare --recipe=testdata/support-tickets/recipe.yaml --output=out --dryRun
      tunebeam launch out --budget=5

    tunebeam COMMAND --help lists the flags of a command. The documentation is in docs/: recipes in
    docs/recipe.md, training in docs/launch.md.
    """
        .formatted(
            lines(CommandName::isJob),
            lines(command -> !command.isJob() && command != CommandName.COMPLETION),
            lines(command -> command == CommandName.COMPLETION));
  }

  /** The message for a command that is not one of the jobs. */
  static String unknown(String command) {
    if (DashedNames.of(CommandName.class).contains(command)) {
      return "%s is a command of the launcher, to which only the start script leads: %s"
          .formatted(command, ShellCommand.tunebeam(command));
    }
    if (command.startsWith("--")) {
      return "%s: the command comes first: %s"
          .formatted(command, ShellCommand.tunebeam("prepare", command));
    }
    return "there is no command '%s'; %s"
        .formatted(
            command,
            Nearest.of(command, DashedNames.of(CommandName.class))
                .map(near -> "did you mean %s?".formatted(near))
                .orElse(ShellCommand.tunebeam("--help") + " lists the commands"));
  }

  private static String lines(Predicate<CommandName> which) {
    return Stream.of(CommandName.values())
        .filter(which)
        .map(command -> "  %-11s %s".formatted(command, command.text()))
        .collect(Collectors.joining("\n"));
  }
}
