package dev.tunebeam.launcher.command;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tunebeam.dataset.Manifest;
import dev.tunebeam.dataset.terminal.Columns;
import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.dataset.terminal.TerminalText;
import dev.tunebeam.launcher.evaluate.ClassAnswer;
import dev.tunebeam.launcher.inference.Answer;
import dev.tunebeam.launcher.inference.InferenceRequest;
import dev.tunebeam.launcher.inference.PromptTemplate;
import dev.tunebeam.launcher.inference.RepeatedInference;
import dev.tunebeam.launcher.inference.TokenProbability;
import dev.tunebeam.launcher.launch.Budget;
import dev.tunebeam.launcher.launch.Dataset;
import dev.tunebeam.launcher.process.Shell;
import dev.tunebeam.launcher.terminal.Console;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ask MODEL TEXT}: sends one prompt in the format of the training data. */
@Command(
    name = "ask",
    mixinStandardHelpOptions = true,
    description =
        "Separator, stop sequence, system message and maximum tokens are those of its dataset.")
public final class AskCommand extends CommandContext {

  @Parameters(index = "1", paramLabel = "TEXT", description = "Prompt.")
  private String text = "";

  @Mixin private ModelArgument argument = new ModelArgument();
  @Mixin private BudgetOptions budgetOptions = new BudgetOptions();
  @Mixin private PricesOption pricesOption = new PricesOption();
  @Mixin private ServingOptions servingOptions = new ServingOptions();

  @Option(names = "--system", paramLabel = "TEXT", description = "Override the system message.")
  private @Nullable String system;

  @Option(names = "--maxTokens", paramLabel = "N", description = "Maximum tokens of the answer.")
  private @Nullable Integer maxTokens;

  @Option(
      names = "--logprobs",
      description = "Show the probability of each class, or of each first token.")
  private boolean logprobs;

  /** Creates the command. */
  public AskCommand(Shell shell) {
    super(shell);
  }

  /** The JSON output. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record Result(
      String model,
      String answer,
      @Nullable String label,
      @Nullable Map<String, Double> probabilities,
      List<TokenProbability> firstToken,
      long inputTokens,
      long outputTokens) {}

  @Override
  ExitCode run() {
    Console console = console();
    ModelArgument.Found found = argument.find(shell);
    ModelTarget target = found.model().open(shell, console);
    PromptTemplate template = template(found.folder());
    Serving serving =
        servingOptions.of(
            target, target.known(pricesOption.catalogue(shell)).orElse(null), this, console);
    InferenceRequest request = template.request(serving.name(), text, logprobs);
    if (maxTokens != null) {
      request = request.withMaxTokens(maxTokens);
    }
    Answer answer = answer(serving, request, console);
    ClassAnswer classes = new ClassAnswer(template.classes());
    String label = classes.of(answer.text()).orElse(null);
    SortedMap<String, Double> probabilities =
        logprobs && template.classification() && !answer.firstToken().isEmpty()
            ? classes.probabilities(answer.firstToken()).byClass()
            : null;
    console.say(TerminalText.printable(label == null ? answer.text().strip() : label));
    if (answer.truncated() && label == null) {
      console.tell(
          String.format(Locale.ROOT, "answer truncated at %d tokens", answer.outputTokens()));
    }
    if (logprobs && answer.firstToken().isEmpty()) {
      console.tell("the response has no valid logprobs");
    } else if (logprobs) {
      console.say("");
      console.say(
          probabilities == null ? tokens(answer.firstToken()) : probabilities(probabilities));
    }
    console.json(
        new Result(
            target.model(),
            answer.text(),
            label,
            probabilities,
            answer.firstToken(),
            answer.inputTokens(),
            answer.outputTokens()));
    return ExitCode.SUCCEEDED;
  }

  private Answer answer(Serving serving, InferenceRequest request, Console console) {
    Budget budget = budgetOptions.budget(null, null);
    if (serving.deployments() != null) {
      serving.announce();
      budget.allow(
          serving.cost(BigDecimal.ZERO),
          "the answer" + (serving.isBilledByTheHour() ? " and an hour of the deployment" : ""),
          console);
    }
    try (Serving.Session session = serving.start(budget, BigDecimal.ZERO)) {
      return new RepeatedInference(session.inference(), argument.provider().backoff(), console)
          .answer(request);
    }
  }

  private PromptTemplate template(@Nullable Path folder) {
    PromptTemplate template = PromptTemplate.unknown();
    if (folder != null) {
      Manifest manifest = Dataset.manifest(folder);
      template = PromptTemplate.of(folder, manifest);
    }
    return system == null ? template : template.withSystem(system);
  }

  private static List<String> probabilities(SortedMap<String, Double> byClass) {
    Columns table = new Columns("lr");
    table.row("class", "probability");
    byClass.entrySet().stream()
        .sorted(Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder()))
        .forEach(
            entry ->
                table.row(
                    TerminalText.oneLine(entry.getKey()),
                    String.format(Locale.ROOT, "%.4f", entry.getValue())));
    return table.lines("");
  }

  private static List<String> tokens(List<TokenProbability> tokens) {
    Columns table = new Columns("lr");
    table.row("first token", "probability");
    tokens.forEach(
        token ->
            table.row(
                "'" + TerminalText.oneLine(token.token()) + "'",
                String.format(Locale.ROOT, "%.4f", Math.exp(token.logProbability()))));
    return table.lines("");
  }
}
