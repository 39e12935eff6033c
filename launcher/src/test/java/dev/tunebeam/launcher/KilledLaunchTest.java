package dev.tunebeam.launcher;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tunebeam.dataset.terminal.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The launcher as a separate process, killed where it hurts, and run again. */
class KilledLaunchTest extends StandInTest {

  /** A model without a last day: a separate process has the clock of the machine. */
  private static final String MODEL = "for-ever";

  private static final String WAITS = "another tunebeam process is launching ";

  private static final String PRICES =
      """
      models:
        - id: for-ever
          provider: openai
          encoding: o200k_base
          formats: [chat]
          training: 3
          pricesAsOf: 2026-11-20
          source: a test
      """;

  private final Map<Process, Path> output = new ConcurrentHashMap<>();

  /**
   * The requests until the job is followed: a look for the files; for each split a look and the
   * upload; a look, the job, a look. Then the first two of following it.
   */
  private static final int REQUESTS = 10;

  /** Those that have an effect: two uploads and the job. */
  private static final Set<Integer> COSTS = Set.of(3, 5, 7);

  static Stream<Arguments> moments() {
    return IntStream.rangeClosed(1, REQUESTS)
        .boxed()
        .flatMap(
            request ->
                COSTS.contains(request)
                    ? Stream.of(Arguments.of(request, "effect"), Arguments.of(request, "answer"))
                    : Stream.of(Arguments.of(request, "effect")));
  }

  @ParameterizedTest(name = "before the {1} of request {0}")
  @MethodSource("moments")
  void aLaunchThatIsKilledGoesOnToOneFileASplitAndOneJob(int request, String moment)
      throws Exception {
    Path dataset = prepared();
    CompletableFuture<Process> started = new CompletableFuture<>();
    Runnable kill = () -> started.join().destroyForcibly().onExit().join();
    if (moment.equals("effect")) {
      standIn.beforeEffect(request, kill);
    } else {
      standIn.beforeAnswer(request, kill);
    }
    Process process = start(dataset);
    started.complete(process);
    assertTrue(process.waitFor(120, TimeUnit.SECONDS));
    assertThat(process.exitValue(), is(128 + 9));
    assertThat(standIn.requests().size(), is(request));
    launch(dataset, "--prices=" + prices()).with(ExitCode.SUCCEEDED);
    theOnlyJob(dataset);
    assertThat(launchFile(dataset), containsString("\"step\" : \"over\""));
  }

  @Test
  void twoProcessesAtOnceOnOneFolderComeToOneJob() throws Exception {
    Path dataset = prepared();
    standIn.beforeEffect(1, this::awaitThatTheOtherWaits);
    Process one = start(dataset);
    Process two = start(dataset);
    assertTrue(one.waitFor(120, TimeUnit.SECONDS));
    assertTrue(two.waitFor(120, TimeUnit.SECONDS));
    assertThat(said(one), one.exitValue(), is(0));
    assertThat(said(two), two.exitValue(), is(0));
    theOnlyJob(dataset);
    assertThat(allSaid(), containsString(WAITS));
    assertThat(allSaid(), containsString(" already exists: "));
  }

  /** Holds up the one that has the lock until the other one says that it waits for it. */
  private void awaitThatTheOtherWaits() {
    Instant end = Instant.now().plusSeconds(60);
    try {
      while (Instant.now().isBefore(end) && !allSaid().contains(WAITS)) {
        Thread.sleep(20);
      }
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private String allSaid() throws IOException {
    StringBuilder all = new StringBuilder();
    for (Process process : output.keySet()) {
      all.append(said(process));
    }
    return all.toString();
  }

  private Path prepared() throws IOException {
    standIn.addBaseModel(MODEL, null, true);
    Files.writeString(prices(), PRICES);
    return new DatasetOnDisk().pricedFor("openai", MODEL).in(folder.resolve("tickets"));
  }

  private Path prices() {
    return folder.resolve("prices.yaml");
  }

  private Process start(Path dataset) throws IOException {
    Path said = Files.createTempFile(folder, "said", ".txt");
    Process process =
        process(said, "launch", dataset.toString(), "--yes", "--poll=1ms", "--prices=" + prices());
    output.put(process, said);
    return process;
  }

  private String said(Process process) throws IOException {
    return Files.readString(output.get(process));
  }
}
