package dev.tunebeam.launcher.command;

import dev.tunebeam.dataset.Manifest;
import dev.tunebeam.dataset.Model;
import dev.tunebeam.dataset.terminal.Figures;
import dev.tunebeam.dataset.terminal.TerminalProgress;
import dev.tunebeam.launcher.evaluate.BatchInference;
import dev.tunebeam.launcher.evaluate.KeptAnswers;
import dev.tunebeam.launcher.evaluate.ValidationSplit;
import dev.tunebeam.launcher.inference.Answer;
import dev.tunebeam.launcher.inference.InferenceRequest;
import dev.tunebeam.launcher.inference.RepeatedInference;
import dev.tunebeam.launcher.launch.Budget;
import dev.tunebeam.launcher.launch.InferencePrice;
import dev.tunebeam.launcher.terminal.Console;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The answers of one model to a validation split: those that are kept, and those still to ask. */
final class ModelAnswers {

  /** With more unanswered prompts the scores would be those of another split. */
  private static final int MOST_UNANSWERED_PERCENT = 5;

  private final Serving serving;
  private final ValidationSplit split;
  private final KeptAnswers kept;
  private final boolean fresh;
  private final @Nullable BigDecimal usd;
  private final InferencePrice price;
  private final Set<String> missing;

  /**
   * Looks which answers are there.
   *
   * @param folder of the kept answers
   * @param fresh whether to ask all questions again
   * @param known the catalogue's row of the model, null if there is none
   */
  ModelAnswers(
      Serving serving,
      ValidationSplit split,
      Path folder,
      boolean fresh,
      Manifest manifest,
      @Nullable Model known) {
    this.serving = serving;
    this.split = split;
    this.fresh = fresh;
    ModelTarget target = serving.target();
    this.kept =
        new KeptAnswers(
            folder,
            new KeptAnswers.Source(
                target.model(),
                target.provider().profile().name(),
                target.baseUrl(),
                serving.isDeployed()));
    this.missing = missing(kept.to(split.questions().keySet(), serving.console()::tell)).keySet();
    this.price = InferencePrice.of(manifest, known, missing.size());
    this.usd = missing.isEmpty() ? BigDecimal.ZERO : price.usd();
  }

  /** The model. */
  ModelTarget target() {
    return serving.target();
  }

  /** How it is asked. */
  Serving serving() {
    return serving;
  }

  /** Whether something must be asked. */
  boolean isToAsk() {
    return !missing.isEmpty();
  }

  /** Dollars of what must be asked, null if unknown, with an hour of the deployment. */
  @Nullable BigDecimal cost() {
    return isToAsk() ? serving.cost(usd) : BigDecimal.ZERO;
  }

  /**
   * Dollars that asking has used up, null if unknown.
   *
   * @param time that it took
   */
  @Nullable BigDecimal used(Duration time) {
    return !isToAsk() || usd == null ? usd : serving.used(usd, time);
  }

  /** Says what is there and what the rest costs. */
  void announce() {
    Console console = serving.console();
    int all = split.questions().size();
    if (missing.size() < all) {
      console.say(
          "%s of %s of %s were there"
              .formatted(
                  Figures.count(all - missing.size()),
                  Figures.counted(all, "answer", "answers"),
                  target().model()));
    }
    if (isToAsk()) {
      console.say(
          "%s to %s, about %s input and %s output tokens: %s"
              .formatted(
                  Figures.counted(missing.size(), "prompt", "prompts"),
                  target().model(),
                  Figures.count(price.inputTokens()),
                  Figures.count(price.outputTokens()),
                  usd == null ? "price unknown" : "about " + Figures.dollars(usd)));
      serving.announce();
    }
  }

  /**
   * All answers by question; asks what is missing, one process at a time.
   *
   * @param others dollars that other models of this command cost, null if unknown
   */
  Map<String, Answer> ask(Budget budget, @Nullable BigDecimal others, int parallel) {
    Console console = serving.console();
    if (isToAsk()) {
      kept.appending(
          target().options().backoff().patience(),
          console,
          appender -> {
            Map<String, InferenceRequest> requests =
                missing(kept.to(split.questions().keySet(), text -> {}));
            if (!requests.isEmpty()) {
              ask(appender, requests, budget, others, parallel);
            }
            return true;
          });
    }
    return kept.to(split.questions().keySet(), text -> {});
  }

  private void ask(
      KeptAnswers.Appender appender,
      Map<String, InferenceRequest> requests,
      Budget budget,
      @Nullable BigDecimal others,
      int parallel) {
    Console console = serving.console();
    BigDecimal all = usd == null || others == null ? null : usd.add(others);
    try (Serving.Session session = serving.start(budget, all);
        TerminalProgress bar =
            TerminalProgress.ofCount(
                console.bars(), console::tell, "evaluating", requests.size())) {
      new BatchInference(
              new RepeatedInference(session.inference(), target().options().backoff(), console),
              appender,
              parallel,
              (long) split.questions().size() * MOST_UNANSWERED_PERCENT / 100)
          .run(requests, bar::step);
    }
  }

  private Map<String, InferenceRequest> missing(Map<String, Answer> there) {
    Map<String, InferenceRequest> missing = new LinkedHashMap<>();
    split
        .questions()
        .forEach(
            (question, request) -> {
              if (fresh || !there.containsKey(question)) {
                missing.put(question, request.withModel(serving.name()));
              }
            });
    return missing;
  }
}
