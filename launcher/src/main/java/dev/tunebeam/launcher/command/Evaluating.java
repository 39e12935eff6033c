package dev.tunebeam.launcher.command;

import static dev.tunebeam.launcher.process.LauncherException.wrongUse;

import dev.tunebeam.dataset.Model;
import dev.tunebeam.dataset.ModelCatalogue;
import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.dataset.terminal.Figures;
import dev.tunebeam.launcher.evaluate.ComparisonReport;
import dev.tunebeam.launcher.evaluate.Evaluation;
import dev.tunebeam.launcher.evaluate.EvaluationFiles;
import dev.tunebeam.launcher.evaluate.EvaluationReport;
import dev.tunebeam.launcher.evaluate.Scorer;
import dev.tunebeam.launcher.evaluate.ValidationSplit;
import dev.tunebeam.launcher.inference.Answer;
import dev.tunebeam.launcher.inference.PromptTemplate;
import dev.tunebeam.launcher.launch.Budget;
import dev.tunebeam.launcher.launch.Dataset;
import dev.tunebeam.launcher.launch.InferencePrice;
import dev.tunebeam.launcher.process.IoReason;
import dev.tunebeam.launcher.process.LauncherException;
import dev.tunebeam.launcher.process.LockFile;
import dev.tunebeam.launcher.terminal.Console;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Scores a model on a validation split and compares it with another one: what {@code evaluate} and
 * {@code run} have in common.
 */
final class Evaluating {

  private final CommandContext command;
  private final Console console;
  private final EvaluationOptions options;
  private final ModelCatalogue catalogue;
  private final Path answers;
  private final Dataset dataset;
  private final ValidationSplit split;
  private final Scorer scorer;

  /**
   * Reads the split.
   *
   * @param answers the folder of the kept answers
   * @param maxTokens of an answer, null for those of the training
   */
  Evaluating(
      CommandContext command,
      Console console,
      EvaluationOptions options,
      ModelCatalogue catalogue,
      Path answers,
      Dataset dataset,
      @Nullable Integer maxTokens) {
    this.command = command;
    this.console = console;
    this.options = options;
    this.catalogue = catalogue;
    this.answers = answers;
    this.dataset = dataset;
    PromptTemplate template = PromptTemplate.of(dataset.folder(), dataset.manifest());
    this.split = ValidationSplit.of(dataset, template, maxTokens);
    this.scorer = new Scorer(split, template, dataset.manifest().digest());
  }

  /**
   * What is not of the split.
   *
   * @param fresh whether to ask all questions again
   * @param positive class, null for the default
   * @param beta of F-beta
   */
  record Scoring(boolean fresh, @Nullable String positive, double beta) {

    static final Scoring USUAL = new Scoring(false, null, 1);
  }

  /** The answers of a model, of which some may be there. */
  ModelAnswers answers(ModelTarget target, boolean fresh) {
    Model known = target.known(catalogue).orElse(null);
    return new ModelAnswers(
        options.serving().of(target, known, command, console),
        split,
        answers,
        fresh,
        dataset.manifest(),
        known);
  }

  /** Dollars of all answers of a model, null if unknown. */
  @Nullable BigDecimal cost(@Nullable Model model) {
    return InferencePrice.of(dataset.manifest(), model, split.questions().size()).usd();
  }

  /**
   * Asks what is missing, scores, compares, writes the files and prints the report.
   *
   * @param against null for no comparison
   */
  Evaluation run(
      ModelTarget target, @Nullable ModelTarget against, Budget budget, Scoring scoring) {
    if (against != null && against.found().isSameAs(target.found())) {
      throw wrongUse("--against: %s is the model itself".formatted(against.model()));
    }
    ModelAnswers own = answers(target, scoring.fresh());
    ModelAnswers others = against == null ? null : answers(against, scoring.fresh());
    Map<String, Answer> ofOther = Map.of();
    own.announce();
    if (others != null) {
      others.announce();
    }
    allow(own, others, budget);
    Instant start = clock().instant();
    Map<String, Answer> ofModel =
        own.ask(budget, others == null ? BigDecimal.ZERO : others.cost(), options.parallel());
    if (others != null) {
      Duration time = Duration.between(start, clock().instant());
      ofOther = others.ask(budget, own.used(time), options.parallel());
    }
    Evaluation evaluation =
        scorer.evaluation(target.model(), ofModel, scoring.positive(), scoring.beta());
    if (others != null) {
      evaluation =
          evaluation.with(
              scorer.comparison(others.target().model(), ofModel, ofOther, options.margin()));
    }
    Evaluation whole = evaluation;
    // Two evaluations at once would take each other's temporary files.
    List<Path> files =
        LockFile.holding(
            dataset.folder().resolve(".evaluation.lock"),
            "the scores",
            target.options().backoff().patience(),
            console,
            "writing scores to " + dataset.folder(),
            () -> write(whole, ofModel));
    tell(evaluation);
    command.monitor().scored(evaluation.model(), evaluation.overall());
    console.say(EvaluationReport.lines(evaluation));
    if (evaluation.comparison() != null) {
      console.say("");
      console.say(ComparisonReport.lines(evaluation.comparison()));
    }
    console.say("");
    files.forEach(file -> console.say("  " + file));
    return evaluation;
  }

  private Clock clock() {
    return command.shell.clock();
  }

  private void allow(ModelAnswers own, @Nullable ModelAnswers others, Budget budget) {
    List<ModelAnswers> toAsk = new ArrayList<>();
    if (own.isToAsk()) {
      toAsk.add(own);
    }
    if (others != null && others.isToAsk()) {
      toAsk.add(others);
    }
    if (toAsk.isEmpty()) {
      return;
    }
    BigDecimal all = BigDecimal.ZERO;
    boolean byTheHour = false;
    for (ModelAnswers one : toAsk) {
      BigDecimal cost = one.cost();
      all = all == null || cost == null ? null : all.add(cost);
      byTheHour |= one.serving().isBilledByTheHour();
    }
    budget.allow(
        all, "the evaluation" + (byTheHour ? " and an hour of the deployment" : ""), console);
  }

  private void tell(Evaluation evaluation) {
    if (evaluation.unanswered() != null) {
      console.tell(
          "%s not answered and %s not in the scores; the same command asks only those again"
              .formatted(
                  Figures.counted(evaluation.unanswered(), "prompt was", "prompts were"),
                  evaluation.unanswered() == 1 ? "is" : "are"));
    }
    if (split.skipped() > 0) {
      console.tell(
          "%s skipped: the expected answer is not text"
              .formatted(Figures.counted(split.skipped(), "example was", "examples were")));
    }
  }

  private List<Path> write(Evaluation evaluation, Map<String, Answer> ofModel) {
    try {
      return EvaluationFiles.write(
          dataset.folder().resolve("evaluation-" + FileName.of(evaluation.model())),
          evaluation,
          split,
          ofModel);
    } catch (IOException e) {
      throw new LauncherException(
          ExitCode.FAILED,
          "%s cannot be written: %s".formatted(dataset.folder(), IoReason.of(e)),
          e);
    }
  }
}
