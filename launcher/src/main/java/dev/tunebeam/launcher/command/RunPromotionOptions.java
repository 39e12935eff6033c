package dev.tunebeam.launcher.command;

import static dev.tunebeam.launcher.process.LauncherException.wrongUse;

import dev.tunebeam.launcher.terminal.Console;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;

/** The flags of {@code run} for what follows the training. */
final class RunPromotionOptions {

  private static final List<String> WITH_PROMOTE =
      List.of("--as", "--margin", "--parallel", "--deploy", "--mlflow", "--mlflowModel");

  @Option(
      names = "--promote",
      paramLabel = "WHEN",
      converter = PromotionCondition.Name.class,
      description =
          "Evaluate the new model against the one that has the name in the registry, and give it the"
              + " name if it is not-worse, or only if it is better.")
  private @Nullable PromotionCondition condition;

  @Mixin private EvaluationOptions evaluation = new EvaluationOptions();
  @Mixin private PromotionOptions promotion = new PromotionOptions();

  /** Where names of models are, also for a training that is not followed by a promotion. */
  RegistryOption registry() {
    return evaluation.registry();
  }

  /**
   * What follows the training; null for nothing. Rejects what cannot be, before the dataset is
   * prepared.
   *
   * @param folder of the dataset
   * @param prices of the recipe, null if there are none
   */
  @Nullable Promoting promoting(
      CommandContext command,
      LaunchOptions options,
      Path folder,
      @Nullable Path prices,
      Console console) {
    if (condition == null) {
      ParseResult given = command.spec.commandLine().getParseResult();
      for (String flag : WITH_PROMOTE) {
        if (given.hasMatchedOption(flag)) {
          throw wrongUse("%s is for --promote=not-worse or --promote=better".formatted(flag));
        }
      }
      return null;
    }
    if (options.detach()) {
      throw wrongUse("--promote waits for the model, and --detach does not: leave out one of them");
    }
    Promoting promoting =
        new Promoting(
            command,
            console,
            condition,
            evaluation,
            promotion,
            options.provider(),
            options.prices().catalogue(command.shell, prices));
    promoting.check(folder);
    return promoting;
  }
}
