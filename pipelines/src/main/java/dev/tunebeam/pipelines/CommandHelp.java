package dev.tunebeam.pipelines;

import dev.tunebeam.dataset.settings.CommandName;
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

  private static String lines(Predicate<CommandName> which) {
    return Stream.of(CommandName.values())
        .filter(which)
        .map(command -> "  %-11s %s".formatted(command, command.text()))
        .collect(Collectors.joining("\n"));
  }
}
