package dev.tunebeam.launcher;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tunebeam.dataset.terminal.ExitCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Launches in processes of their own, which are killed, or run at the same time. */
class EveryProviderKilledTest extends AtEveryProvider {

  private static final String WAITS = "another tunebeam process is launching ";

  /** For each request a dataset and a launch that is killed before it gets the answer. */
  @ParameterizedTest
  @EnumSource
  void aLaunchThatIsKilledAtAnyRequestGoesOnToOneFileASplitAndOneJob(At at) throws Exception {
    int datasets = 0;
    boolean wasKilled;
    do {
      datasets++;
      Path dataset = dataset(datasets);
      CompletableFuture<Process> started = new CompletableFuture<>();
      standIn.beforeAnswer(
          standIn.requests().size() + datasets,
          () -> started.join().destroyForcibly().onExit().join());
      Process process = start(at, dataset, "said");
      started.complete(process);
      assertTrue(process.waitFor(120, TimeUnit.SECONDS));
      wasKilled = process.exitValue() != 0;
      launch(dataset, at.flag(), "--model=" + at.model(), "--detach").with(ExitCode.SUCCEEDED);
      assertThat("jobs after request " + datasets, standIn.jobs().size(), is(datasets));
      assertThat(
          "files after request " + datasets,
          standIn.files().stream()
              .filter(file -> !file.purpose().equals("fine-tune-results"))
              .count(),
          is(2L * datasets));
    } while (wasKilled);
    assertThat(datasets, greaterThan(6));
  }

  @ParameterizedTest
  @EnumSource
  void twoProcessesAtOnceOnOneFolderComeToOneJob(At at) throws Exception {
    Path dataset = dataset(1);
    standIn.beforeEffect(1, this::awaitThatTheOtherWaits);
    Process one = start(at, dataset, "said-1");
    Process two = start(at, dataset, "said-2");
    assertTrue(one.waitFor(120, TimeUnit.SECONDS));
    assertTrue(two.waitFor(120, TimeUnit.SECONDS));
    assertThat(said(), one.exitValue() + two.exitValue(), is(0));
    assertThat(standIn.jobs().size(), is(1));
    assertThat(said(), containsString(WAITS));
  }

  private Path dataset(int number) {
    return new DatasetOnDisk().examples(11 + number, 4).in(folder.resolve("tickets-" + number));
  }

  private Process start(At at, Path dataset, String said) throws IOException {
    return process(
        folder.resolve(said),
        "launch",
        dataset.toString(),
        at.flag(),
        "--model=" + at.model(),
        "--yes",
        "--detach",
        "--retryDelay=1ms",
        "--settle=50ms");
  }

  /** Holds up the one that has the lock until the other one says that it waits for it. */
  private void awaitThatTheOtherWaits() {
    Instant end = Instant.now().plusSeconds(60);
    try {
      while (Instant.now().isBefore(end) && !said().contains(WAITS)) {
        Thread.sleep(20);
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private String said() {
    StringBuilder all = new StringBuilder();
    for (String file : List.of("said-1", "said-2")) {
      try {
        Path said = folder.resolve(file);
        all.append(Files.exists(said) ? Files.readString(said) : "");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return all.toString();
  }
}
