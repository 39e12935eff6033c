package dev.tunebeam.launcher.evaluate;

import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.dataset.terminal.Figures;
import dev.tunebeam.launcher.inference.Answer;
import dev.tunebeam.launcher.inference.Inference;
import dev.tunebeam.launcher.inference.InferenceRequest;
import dev.tunebeam.launcher.inference.UnansweredException;
import dev.tunebeam.launcher.process.LauncherException;
import dev.tunebeam.launcher.process.ThreadPools;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/**
 * Sends requests concurrently and saves each answer as it arrives. The first failure stops it: no
 * further request is sent, and answers to requests in flight are still saved. Prompts that are not
 * answered are counted, not saved, and stop it when they are too many.
 */
public final class BatchInference {

  private final Inference inference;
  private final KeptAnswers.Appender answers;
  private final int parallel;
  private final long mostUnanswered;
  private final AtomicLong unanswered = new AtomicLong();
  private volatile boolean stopped;

  /**
   * Creates a batch.
   *
   * @param parallel maximum concurrent requests
   * @param mostUnanswered how many prompts may remain unanswered
   */
  public BatchInference(
      Inference inference, KeptAnswers.Appender answers, int parallel, long mostUnanswered) {
    this.inference = inference;
    this.answers = answers;
    this.parallel = parallel;
    this.mostUnanswered = mostUnanswered;
  }

  /**
   * Sends all requests.
   *
   * @param requests by question
   * @param progress called after each answer
   * @throws LauncherException with {@code TRY_LATER} if more are unanswered than may be
   */
  public void run(Map<String, InferenceRequest> requests, LongConsumer progress) {
    ExecutorService threads = Executors.newFixedThreadPool(parallel);
    try {
      List<Future<?>> all = new ArrayList<>();
      requests.forEach(
          (question, request) ->
              all.add(threads.submit(() -> orStop(question, request, progress))));
      threads.shutdown();
      for (Future<?> one : all) {
        one.get();
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof LauncherException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      stopped = true;
      threads.shutdownNow();
      Thread.currentThread().interrupt();
      throw new LauncherException(ExitCode.TRY_LATER, "interrupted during the evaluation", e);
    } finally {
      // An interrupt would lose answers in flight, which are paid.
      ThreadPools.finish(threads);
    }
  }

  /** Stops the others at once: the thread that waits for this one may see its failure later. */
  private void orStop(String question, InferenceRequest request, LongConsumer progress) {
    if (stopped) {
      return;
    }
    try {
      run(question, request, progress);
    } catch (RuntimeException e) {
      stopped = true;
      throw e;
    }
  }

  private void run(String question, InferenceRequest request, LongConsumer progress) {
    Answer answer;
    try {
      answer = inference.answer(request);
    } catch (UnansweredException e) {
      long now = unanswered.incrementAndGet();
      if (now > mostUnanswered) {
        throw new LauncherException(
            ExitCode.TRY_LATER,
            ("%s not answered, where at most %s may be: %s. There are no scores; run the same"
                    + " command later: it asks only what is not answered yet")
                .formatted(
                    Figures.counted(now, "prompt was", "prompts were"),
                    Figures.count(mostUnanswered),
                    e.text()),
            e);
      }
      return;
    }
    answers.add(question, answer);
    progress.accept(1);
  }
}
