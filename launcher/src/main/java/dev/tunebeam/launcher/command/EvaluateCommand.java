package dev.tunebeam.launcher.command;

import static dev.tunebeam.launcher.process.LauncherException.wrongUse;

import dev.tunebeam.dataset.Manifest;
import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.dataset.terminal.Figures;
import dev.tunebeam.dataset.terminal.TerminalProgress;
import dev.tunebeam.launcher.evaluate.AnswerFile;
import dev.tunebeam.launcher.evaluate.BatchInference;
import dev.tunebeam.launcher.evaluate.ClassAnswer;
import dev.tunebeam.launcher.evaluate.Evaluation;
import dev.tunebeam.launcher.evaluate.EvaluationJson;
import dev.tunebeam.launcher.evaluate.EvaluationReport;
import dev.tunebeam.launcher.evaluate.Prediction;
import dev.tunebeam.launcher.evaluate.TextScores.Answered;
import dev.tunebeam.launcher.inference.PromptTemplate;
import dev.tunebeam.launcher.inference.PromptTemplate.LabeledRequest;
import dev.tunebeam.launcher.inference.RepeatedInference;
import dev.tunebeam.launcher.launch.Budget;
import dev.tunebeam.launcher.launch.Dataset;
import dev.tunebeam.launcher.launch.InferencePrice;
import dev.tunebeam.launcher.process.LauncherException;
import dev.tunebeam.launcher.process.OwnFile;
import dev.tunebeam.launcher.process.Shell;
import dev.tunebeam.launcher.terminal.Console;
import java.io.BufferedReader;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code evaluate DIR MODEL}: scores a model on the validation split.
 *
 * <p>One file because price, questions and scores are of the same examples.
 */
@Command(
    name = "evaluate",
    mixinStandardHelpOptions = true,
    description = "An interrupted evaluation is resumed.")
public final class EvaluateCommand extends CommandContext {

  private static final int MOST_PARALLEL = 64;

  /** With more unanswered prompts the scores would be those of another split. */
  private static final int MOST_UNANSWERED_PERCENT = 5;

  @Parameters(index = "0", paramLabel = "DIR", description = "Dataset folder.")
  private Path folder = Path.of("");

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "MODEL",
      description = "Model; by default the last one trained on the dataset.")
  private @Nullable String model;

  @Mixin private ProviderOptions providerOptions = new ProviderOptions();
  @Mixin private BudgetOptions budgetOptions = new BudgetOptions();
  @Mixin private PricesOption pricesOption = new PricesOption();
  @Mixin private ServingOptions servingOptions = new ServingOptions();

  @Option(
      names = "--parallel",
      paramLabel = "N",
      defaultValue = "8",
      description = "Concurrent requests, at most 64 (${DEFAULT-VALUE}).")
  private int parallel;

  @Option(
      names = "--maxTokens",
      paramLabel = "N",
      description =
          "Maximum tokens of an answer; by default as in training, for free text those of the"
              + " longest example.")
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

  @Option(names = "--fresh", description = "Ignore saved answers and start again.")
  private boolean fresh;

  /** Creates the command. */
  public EvaluateCommand(Shell shell) {
    super(shell);
  }

  @Override
  ExitCode run() {
    if (parallel < 1 || parallel > MOST_PARALLEL) {
      throw wrongUse(
          String.format(
              Locale.ROOT, "--parallel must be 1 to %d, not %d", MOST_PARALLEL, parallel));
    }
    Console console = console();
    Dataset dataset = Dataset.open(shell.folder().resolve(folder));
    Manifest manifest = dataset.manifest();
    if (dataset.validation() == null) {
      throw wrongUse("the dataset has no validation split; prepare it with --validation=0.1");
    }
    ModelTarget target = ModelTarget.of(model, dataset.folder(), providerOptions, shell, console);
    PromptTemplate template = PromptTemplate.of(dataset.folder(), manifest);
    Serving serving =
        servingOptions.of(
            target,
            target.known(pricesOption.catalogue(shell)).orElse(null),
            providerOptions,
            this,
            console);
    Map<Long, LabeledRequest> requests = requests(dataset, template, serving.name());
    long skipped = manifest.rows().validation() - requests.size();
    String base = "evaluation-" + FileName.of(target.model());
    AnswerFile.Header header =
        new AnswerFile.Header(
            target.model(), manifest.digest(), Objects.toString(maxTokens, "as trained"));
    long total = requests.size();
    AnswerFile answers = AnswerFile.open(dataset.folder().resolve(base + ".jsonl"), header, fresh);
    try (answers) {
      requests.keySet().removeAll(answers.lines().keySet());
      if (!requests.isEmpty()) {
        Budget budget = budgetOptions.budget(null, null);
        BigDecimal price = price(serving, manifest, requests.size());
        serving.allow(budget, price, "the evaluation");
        try (Serving.Session session = serving.start(budget, price);
            TerminalProgress bar =
                TerminalProgress.ofCount(
                    console.bars(), console::tell, "evaluating", requests.size())) {
          new BatchInference(
                  new RepeatedInference(session.inference(), providerOptions.backoff(), console),
                  answers,
                  parallel,
                  total * MOST_UNANSWERED_PERCENT / 100)
              .run(requests, bar::step);
        }
      }
    }
    Evaluation evaluation =
        evaluation(target.model(), manifest, template, answers.lines().values())
            .withUnanswered(total - answers.lines().size());
    Path file = dataset.folder().resolve(base + ".json");
    try {
      OwnFile.write(file, EvaluationJson.bytes(evaluation));
    } catch (IOException e) {
      throw new LauncherException(
          ExitCode.FAILED, "%s cannot be written: %s".formatted(file, e), e);
    }
    if (evaluation.unanswered() != null) {
      console.tell(
          "%s not answered and %s not in the scores; the same command asks only those again"
              .formatted(
                  Figures.counted(evaluation.unanswered(), "prompt was", "prompts were"),
                  evaluation.unanswered() == 1 ? "is" : "are"));
    }
    if (skipped > 0) {
      console.tell(
          "%s skipped: the expected answer is not text"
              .formatted(Figures.counted(skipped, "example was", "examples were")));
    }
    console.say(EvaluationReport.lines(evaluation));
    console.say(List.of("", "  " + file));
    console.json(evaluation);
    return ExitCode.SUCCEEDED;
  }

  /** By position, in memory. */
  private Map<Long, LabeledRequest> requests(
      Dataset dataset, PromptTemplate template, String name) {
    Map<Long, LabeledRequest> requests = new TreeMap<>();
    long example = 0;
    long longest = dataset.manifest().tokens().perExample().max();
    int most = maxTokens == null ? (int) Math.min(Integer.MAX_VALUE, longest) : maxTokens;
    for (var shard : Objects.requireNonNull(dataset.validation()).verified().shards()) {
      try (BufferedReader lines = Files.newBufferedReader(shard.path())) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          long place = example++;
          template
              .labeled(name, line)
              .ifPresent(
                  request ->
                      requests.put(
                          place,
                          maxTokens != null || request.request().maxTokens() == null
                              ? new LabeledRequest(
                                  request.request().withMaxTokens(most), request.expected())
                              : request));
        }
      } catch (IOException e) {
        throw wrongUse("%s cannot be read: %s".formatted(shard.path(), e));
      }
    }
    return requests;
  }

  /** Says the price of the answers, in dollars; null if unknown. */
  private @Nullable BigDecimal price(Serving serving, Manifest manifest, int count) {
    InferencePrice price =
        InferencePrice.of(
            manifest, serving.target().known(pricesOption.catalogue(shell)).orElse(null), count);
    serving
        .console()
        .say(
            "%s to %s, about %s input and %s output tokens: %s"
                .formatted(
                    Figures.counted(count, "prompt", "prompts"),
                    serving.target().model(),
                    Figures.count(price.inputTokens()),
                    Figures.count(price.outputTokens()),
                    price.usd() == null
                        ? "price unknown"
                        : "about " + Figures.dollars(price.usd())));
    return price.usd();
  }

  private Evaluation evaluation(
      String name,
      Manifest manifest,
      PromptTemplate template,
      Collection<AnswerFile.Line> answers) {
    if (!template.classification()) {
      return Evaluation.ofTexts(
          name,
          manifest.digest(),
          answers.stream().map(line -> new Answered(line.expected(), line.answer())).toList());
    }
    ClassAnswer classes = new ClassAnswer(template.classes());
    List<Prediction> predictions =
        answers.stream()
            .map(
                line ->
                    new Prediction(
                        line.expected().strip(),
                        classes.of(line.answer()).orElse(null),
                        line.firstToken().isEmpty()
                            ? null
                            : classes.probabilities(line.firstToken())))
            .toList();
    return Evaluation.ofClasses(
        name, manifest.digest(), template.classes(), predictions, positive, beta);
  }
}
