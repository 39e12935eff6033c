package dev.tunebeam.launcher;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tunebeam.dataset.terminal.ExitCode;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A process that deploys for its time, ended in between: the next command leaves nothing. */
class AzureKilledTest extends AzureInTheCloud {

  /**
   * A login, the list, a look for another machine's, the deployment, two looks until it is ready;
   * the question, the deletion and two looks until it is gone.
   */
  private static final int REQUESTS = 10;

  static Stream<Arguments> moments() {
    return IntStream.rangeClosed(1, REQUESTS)
        .boxed()
        .flatMap(
            request -> Stream.of(Arguments.of(request, "effect"), Arguments.of(request, "answer")));
  }

  @ParameterizedTest(name = "before the {1} of request {0}")
  @MethodSource("moments")
  void afterAKillTheNextCommandTakesItDown(int request, String moment) throws Exception {
    trained();
    CompletableFuture<Process> started = new CompletableFuture<>();
    Runnable kill = () -> started.join().destroyForcibly().onExit().join();
    if (moment.equals("effect")) {
      standIn.beforeEffect(request, kill);
    } else {
      standIn.beforeAnswer(request, kill);
    }
    Process process = start();
    started.complete(process);
    assertTrue(process.waitFor(120, TimeUnit.SECONDS));
    assertThat(process.exitValue(), is(128 + 9));
    nextCommand();
    Thread.sleep(60); // the request may take effect until it has settled
    nextCommand();
    assertThat(standIn.deployed(), empty());
    assertTrue(standIn.deployments() <= 1);
    fast("ask", MODEL, "Frage 1?", "--provider=azure", "--deploy", "--yes")
        .with(ExitCode.SUCCEEDED);
    assertThat(standIn.deployed(), empty());
  }

  @Test
  void onTheSignalOfCtrlCItIsTakenDownAtOnce() throws Exception {
    trained();
    CompletableFuture<Process> started = new CompletableFuture<>();
    standIn.beforeEffect(
        dev.tunebeam.launcher.standin.Which.nth("POST", ".*/completions", 1),
        () -> {
          started.join().destroy();
          try {
            started.join().waitFor(60, TimeUnit.SECONDS);
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
    Process process = start();
    started.complete(process);
    assertTrue(process.waitFor(120, TimeUnit.SECONDS));
    assertThat(process.exitValue(), is(128 + 15));
    assertThat(standIn.deployed(), empty());
    assertThat(standIn.deployments(), is(1));
  }

  private Process start() throws IOException {
    return process(
        folder.resolve("said.txt"),
        "ask",
        MODEL,
        "Frage 1?",
        "--provider=azure",
        "--deploy",
        "--yes",
        "--retryDelay=1ms",
        "--settle=50ms");
  }
}
