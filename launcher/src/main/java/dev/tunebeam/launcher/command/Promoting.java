package dev.tunebeam.launcher.command;

import static dev.tunebeam.launcher.process.LauncherException.wrongUse;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tunebeam.dataset.Model;
import dev.tunebeam.dataset.ModelCatalogue;
import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.dataset.terminal.Figures;
import dev.tunebeam.dataset.terminal.ShellCommand;
import dev.tunebeam.launcher.evaluate.Comparison;
import dev.tunebeam.launcher.evaluate.Evaluation;
import dev.tunebeam.launcher.evaluate.Verdict;
import dev.tunebeam.launcher.launch.Budget;
import dev.tunebeam.launcher.launch.Dataset;
import dev.tunebeam.launcher.launch.LaunchRecord;
import dev.tunebeam.launcher.registry.NamedModels;
import dev.tunebeam.launcher.registry.PromotedModel;
import dev.tunebeam.launcher.registry.RegistryFile;
import dev.tunebeam.launcher.terminal.Console;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The last steps of {@code run --promote}: evaluates the new model against the one that has the
 * name, and gives it the name if it is good enough. What it needs is looked at before the training
 * is paid for.
 */
final class Promoting {

  private final CommandContext command;
  private final Console console;
  private final PromotionCondition condition;
  private final EvaluationOptions evaluation;
  private final PromotionOptions promotion;
  private final ProviderOptions providers;
  private final ModelCatalogue catalogue;

  /**
   * Before the training.
   *
   * @param before the model that has the name, null if none has it
   */
  record Prepared(
      Dataset dataset,
      Evaluating evaluating,
      RegistryFile registry,
      @Nullable PromotedModel before) {}

  /** The JSON output; {@code why} is a sentence. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Result(
      String name,
      String registry,
      boolean promoted,
      String why,
      String model,
      @Nullable String before,
      @Nullable Evaluation evaluation) {

    ExitCode code() {
      return promoted ? ExitCode.SUCCEEDED : ExitCode.NOT_PROMOTED;
    }
  }

  Promoting(
      CommandContext command,
      Console console,
      PromotionCondition condition,
      EvaluationOptions evaluation,
      PromotionOptions promotion,
      ProviderOptions providers,
      ModelCatalogue catalogue) {
    this.command = command;
    this.console = console;
    this.condition = condition;
    this.evaluation = evaluation;
    this.promotion = promotion;
    this.providers = providers;
    this.catalogue = catalogue;
  }

  /** Rejects flags that cannot be, and a registry that cannot be read. */
  void check(Path folder) {
    promotion.checkedName(command.shell);
    evaluation.parallel();
    evaluation.margin();
    evaluation.registry().of(command.shell, folder).names();
  }

  /** Reads what the evaluation needs: the split, the model that has the name, and its key. */
  Prepared prepare(Dataset dataset) {
    String name = promotion.checkedName(command.shell);
    if (dataset.validation() == null) {
      throw wrongUse(
          "--promote needs a validation split to compare models on; set validation: 0.1");
    }
    RegistryFile registry = evaluation.registry().of(command.shell, dataset.folder());
    PromotedModel before = registry.find(name).map(NamedModels::current).orElse(null);
    Evaluating evaluating =
        new Evaluating(command, console, evaluation, catalogue, registry.answers(), dataset, null);
    return new Prepared(dataset, evaluating, registry, before);
  }

  /**
   * The budget with what the evaluation may cost kept back.
   *
   * @param base the catalogue's row of the model that is trained, null if there is none
   * @param provider of the training, whom the flags are meant for
   */
  Budget keptBack(Prepared prepared, Budget budget, @Nullable Model base, String provider) {
    BigDecimal usd = prepared.evaluating().cost(base);
    FoundModel champion = champion(prepared, provider);
    if (champion != null) {
      BigDecimal ofChampion =
          prepared.evaluating().answers(champion.open(command.shell, console), false).cost();
      usd = usd == null || ofChampion == null ? null : usd.add(ofChampion);
    }
    console.say(
        "Evaluation after the training: %s"
            .formatted(usd == null ? "price unknown" : "about " + Figures.dollars(usd)));
    return budget.keepingBack(usd, "the evaluation");
  }

  private @Nullable FoundModel champion(Prepared prepared, String provider) {
    return prepared.before() == null
        ? null
        : new ModelFinder(providers, provider, prepared.registry(), command.shell)
            .of(prepared.before());
  }

  /**
   * Evaluates and promotes.
   *
   * @param launch of the model, which has been trained
   * @param budget of training and evaluation together
   * @param confirmed whether the user has agreed to both in this command
   */
  Result run(Prepared prepared, LaunchRecord launch, Budget budget, boolean confirmed) {
    RegistryFile registry = prepared.registry();
    String name = promotion.checkedName(command.shell);
    FoundModel model =
        new ModelFinder(providers, launch.provider(), registry, command.shell).of(launch);
    PromotedModel before = prepared.before();
    PromotedModel candidate = promoted(model, prepared, null);
    if (before != null && before.isSameAs(candidate)) {
      promotion.promote(registry, candidate, before, providers, command.shell, console);
      return result(prepared, candidate, true, "it has the name already", null);
    }
    Instant rolledBack =
        registry.find(name).map(models -> models.rolledBack(candidate)).orElse(null);
    if (rolledBack != null) {
      return result(
          prepared,
          candidate,
          false,
          "%s was rolled back on %s; promote it by hand if it is to be %s again"
              .formatted(model.model(), rolledBack.truncatedTo(ChronoUnit.SECONDS), name),
          null);
    }
    FoundModel champion = champion(prepared, launch.provider());
    Evaluation scores =
        prepared
            .evaluating()
            .run(
                model.open(command.shell, console),
                champion == null ? null : champion.open(command.shell, console),
                left(budget, launch, confirmed),
                Evaluating.Scoring.USUAL);
    Comparison comparison = scores.comparison();
    String against = comparison == null ? null : condition.refusal(comparison);
    PromotedModel scored = promoted(model, prepared, scores);
    if (against != null) {
      return result(prepared, scored, false, against, scores);
    }
    promotion.promote(registry, scored, before, providers, command.shell, console);
    return result(
        prepared,
        scored,
        true,
        comparison == null
            ? "no model was %s in %s yet: the first one".formatted(name, registry.file())
            : comparison.verdict() == Verdict.BETTER ? "it is better" : "it is not worse",
        scores);
  }

  private Budget left(Budget budget, LaunchRecord launch, boolean confirmed) {
    BigDecimal spent = Objects.requireNonNullElse(launch.usd(), BigDecimal.ZERO);
    if (budget.limit() != null && spent.signum() > 0) {
      console.tell(
          "of the budget of %s, the training has used %s"
              .formatted(Figures.dollars(budget.limit()), Figures.dollars(spent)));
    }
    Budget left = budget.without(spent);
    return confirmed ? new Budget(left.limit(), true, left.leave()) : left;
  }

  private PromotedModel promoted(FoundModel model, Prepared prepared, @Nullable Evaluation scores) {
    return model.promoted(
        prepared.registry().relative(prepared.dataset().folder()),
        command.shell.clock().instant(),
        scores);
  }

  private Result result(
      Prepared prepared,
      PromotedModel candidate,
      boolean promoted,
      String why,
      @Nullable Evaluation scores) {
    String name = promotion.checkedName(command.shell);
    PromotedModel before = prepared.before();
    String file = prepared.registry().file().toString();
    String outcome =
        promoted
            ? "%s is %s".formatted(name, candidate.model())
            : "%s stays %s".formatted(name, before == null ? "as it is" : before.model());
    console.say("");
    console.say(outcome + ": " + why);
    command.monitor().say(outcome + ": " + why);
    console.say("Next");
    NamedModels models = prepared.registry().find(name).orElse(null);
    List<String> next =
        promoted && models != null
            ? PromoteCommand.next(name, prepared.registry(), models)
            : List.of(
                ShellCommand.tunebeam(
                    "promote",
                    candidate.model(),
                    "--as=" + name,
                    "--dataset=" + prepared.dataset().folder(),
                    "--registry=" + file));
    next.forEach(line -> console.say("  " + line));
    return new Result(
        name,
        file,
        promoted,
        why,
        candidate.model(),
        before == null || before.isSameAs(candidate) ? null : before.model(),
        scores);
  }
}
