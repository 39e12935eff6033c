package dev.tunebeam.launcher.command;

import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.launcher.launch.Dataset;
import dev.tunebeam.launcher.process.Shell;
import dev.tunebeam.launcher.registry.RegistryFile;
import dev.tunebeam.launcher.terminal.Console;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code evaluate DIR MODEL}: scores a model on the validation split. */
@Command(
    name = "evaluate",
    mixinStandardHelpOptions = true,
    description = "An interrupted evaluation is resumed, and no answer is paid for twice.")
public final class EvaluateCommand extends CommandContext {

  @Parameters(index = "0", paramLabel = "DIR", description = "Dataset folder.")
  private Path folder = Path.of("");

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "MODEL",
      description =
          "Model, or its name in the registry; by default the last one trained on the dataset.")
  private @Nullable String model;

  @Mixin private ProviderOptions providerOptions = new ProviderOptions();
  @Mixin private BudgetOptions budgetOptions = new BudgetOptions();
  @Mixin private PricesOption pricesOption = new PricesOption();
  @Mixin private EvaluationOptions options = new EvaluationOptions();

  @Option(
      names = "--against",
      paramLabel = "MODEL",
      description =
          "Compare with this model, on the same rows: a model, its name in the registry, or last for"
              + " the model of the run before.")
  private @Nullable String against;

  @Option(
      names = "--maxTokens",
      paramLabel = "N",
      description =
          "Maximum tokens of an answer; by default as in training, for free text those of the"
              + " longest example, rounded up to a power of two.")
  private @Nullable Integer maxTokens;

  @Option(
      names = "--positive",
      paramLabel = "CLASS",
      description = "Positive class in binary classification; by default the last in sorted order.")
  private @Nullable String positive;

  @Option(
      names = "--beta",
      paramLabel = "X",
      defaultValue = "1",
      description = "Beta of the F-beta score in binary classification (${DEFAULT-VALUE}).")
  private double beta;

  @Option(names = "--fresh", description = "Ask all prompts again, whatever answers are there.")
  private boolean fresh;

  /** Creates the command. */
  public EvaluateCommand(Shell shell) {
    super(shell);
  }

  @Override
  ExitCode run() {
    options.parallel();
    options.margin();
    Console console = console();
    Dataset dataset = Dataset.open(shell.folder().resolve(folder));
    RegistryFile registry = options.registry().of(shell, dataset.folder());
    ModelFinder finder = new ModelFinder(providerOptions, registry, shell);
    FoundModel found = finder.find(model, dataset.folder());
    FoundModel other =
        against == null ? null : finder.beside(found).against(against, found, dataset.folder());
    Evaluating evaluating =
        new Evaluating(
            this,
            console,
            options,
            pricesOption.catalogue(shell),
            registry.answers(),
            dataset,
            maxTokens);
    console.json(
        evaluating.run(
            found.open(shell, console),
            other == null ? null : other.open(shell, console),
            budgetOptions.budget(null, null),
            new Evaluating.Scoring(fresh, positive, beta)));
    return ExitCode.SUCCEEDED;
  }
}
