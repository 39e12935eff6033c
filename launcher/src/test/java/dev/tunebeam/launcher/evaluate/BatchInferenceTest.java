package dev.tunebeam.launcher.evaluate;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.launcher.inference.Answer;
import dev.tunebeam.launcher.inference.InferenceRequest;
import dev.tunebeam.launcher.process.Impatient;
import dev.tunebeam.launcher.process.LauncherException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchInferenceTest {

  private final CountDownLatch bothAreSent = new CountDownLatch(2);
  private final Queue<String> asked = new ConcurrentLinkedQueue<>();

  /** Fails one prompt at once, and answers the other a while after that, whoever interrupts it. */
  private Answer answer(InferenceRequest request) {
    asked.add(request.prompt());
    bothAreSent.countDown();
    while (bothAreSent.getCount() > 0) {
      Thread.onSpinWait();
    }
    if (request.prompt().equals("fails")) {
      throw new LauncherException(ExitCode.TRY_LATER, "the provider is gone");
    }
    long end = System.nanoTime() + Duration.ofMillis(300).toNanos();
    while (System.nanoTime() < end) {
      LockSupport.parkNanos(end - System.nanoTime());
    }
    return new Answer("late", List.of(), false, 1, 1);
  }

  @Test
  void theFirstFailureEndsTheBatchAfterWhatIsInFlightIsAnsweredAndSaved(@TempDir Path folder) {
    KeptAnswers answers =
        new KeptAnswers(
            folder, new KeptAnswers.Source("m", "openai", "https://api.openai.com/v1/", false));
    Map<String, InferenceRequest> requests = new LinkedHashMap<>();
    for (String prompt : List.of("fails", "slow", "never sent")) {
      requests.put(prompt, new InferenceRequest("m", List.of(), List.of(), prompt, "END", null, 0));
    }
    LauncherException failure =
        answers.appending(
            Duration.ZERO,
            new Impatient(),
            appender ->
                assertThrows(
                    LauncherException.class,
                    () ->
                        new BatchInference(this::answer, appender, 2, 0)
                            .run(requests, done -> {})));
    assertThat(failure.getMessage(), equalTo("the provider is gone"));
    assertThat(answers.to(requests.keySet(), message -> {}).keySet(), containsInAnyOrder("slow"));
    assertThat(asked, containsInAnyOrder("fails", "slow"));
  }
}
