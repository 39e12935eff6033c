package dev.tunebeam.launcher.evaluate;

import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.launcher.inference.Answer;
import dev.tunebeam.launcher.inference.Inference;
import dev.tunebeam.launcher.inference.PromptTemplate.LabeledRequest;
import dev.tunebeam.launcher.process.LauncherException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongConsumer;

/**
 * Sends requests concurrently and saves each answer as it arrives. The first failure stops it: no
 * further request is sent, and answers to requests in flight are still saved.
 */
public final class BatchInference {

  private final Inference inference;
  private final AnswerFile answers;
  private final int parallel;

  /**
   * Creates a batch.
   *
   * @param parallel maximum concurrent requests
   */
  public BatchInference(Inference inference, AnswerFile answers, int parallel) {
    this.inference = inference;
    this.answers = answers;
    this.parallel = parallel;
  }

  /**
   * Sends all requests.
   *
   * @param requests by example index
   * @param progress called after each answer
   */
  public void run(Map<Long, LabeledRequest> requests, LongConsumer progress) {
    ExecutorService threads = Executors.newFixedThreadPool(parallel);
    try {
      List<Future<?>> all = new ArrayList<>();
      requests.forEach(
          (example, request) -> all.add(threads.submit(() -> run(example, request, progress))));
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
      Thread.currentThread().interrupt();
      throw new LauncherException(ExitCode.TRY_LATER, "interrupted during the evaluation", e);
    } finally {
      threads.shutdownNow();
    }
  }

  private void run(long example, LabeledRequest request, LongConsumer progress) {
    Answer answer = inference.answer(request.request());
    answers.add(
        new AnswerFile.Line(
            example,
            request.expected(),
            answer.text(),
            answer.firstToken(),
            answer.inputTokens(),
            answer.outputTokens()));
    progress.accept(1);
  }
}
