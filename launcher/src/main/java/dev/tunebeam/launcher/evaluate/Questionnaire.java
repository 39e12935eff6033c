package dev.tunebeam.launcher.evaluate;

import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.launcher.inference.Answer;
import dev.tunebeam.launcher.inference.Inference;
import dev.tunebeam.launcher.inference.TrainedForm.Asked;
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
 * Asks questions, some at a time, and keeps each answer when it is there. The first failure ends
 * it: no further question is sent, and those that are under way are still kept.
 */
public final class Questionnaire {

  private final Inference inference;
  private final AnswerFile answers;
  private final int parallel;

  /**
   * A round of questions.
   *
   * @param parallel the most questions at a time
   */
  public Questionnaire(Inference inference, AnswerFile answers, int parallel) {
    this.inference = inference;
    this.answers = answers;
    this.parallel = parallel;
  }

  /**
   * Asks all.
   *
   * @param questions by example
   * @param answered is told after each answer
   */
  public void ask(Map<Long, Asked> questions, LongConsumer answered) {
    ExecutorService threads = Executors.newFixedThreadPool(parallel);
    try {
      List<Future<?>> all = new ArrayList<>();
      questions.forEach(
          (example, asked) -> all.add(threads.submit(() -> ask(example, asked, answered))));
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
      throw new LauncherException(ExitCode.TRY_LATER, "interrupted while asking", e);
    } finally {
      threads.shutdownNow();
    }
  }

  private void ask(long example, Asked asked, LongConsumer answered) {
    Answer answer = inference.answer(asked.question());
    answers.add(
        new AnswerFile.Line(
            example,
            asked.expected(),
            answer.text(),
            answer.firstToken(),
            answer.inputTokens(),
            answer.outputTokens()));
    answered.accept(1);
  }
}
