package dev.tunebeam.runner;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.arrayWithSize;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.Pipeline.PipelineExecutionException;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.PipelineResult.State;
import org.apache.beam.sdk.io.GenerateSequence;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.MetricNameFilter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.metrics.MetricsFilter;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.WithKeys;
import org.joda.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class LocalRunnerTest {

  /** Shared with functions, which are copied; each test begins with none. */
  private static final Semaphore BEGUN = new Semaphore(0);

  private static final Semaphore PERMITS = new Semaphore(0);
  private static final AtomicInteger TORN_DOWN = new AtomicInteger();

  @BeforeEach
  void reset() {
    BEGUN.drainPermits();
    PERMITS.drainPermits();
    TORN_DOWN.set(0);
  }

  @Test
  void theExceptionOfAFunctionIsTheCauseAndEndsAllThreads() throws InterruptedException {
    Pipeline pipeline = TestPipelines.create();
    pipeline.apply(GenerateSequence.from(0).to(1_000_000)).apply(ParDo.of(new FailAt(5_000)));
    PipelineResult result = pipeline.run();

    PipelineExecutionException thrown =
        assertThrows(PipelineExecutionException.class, result::waitUntilFinish);
    assertThat(thrown.getCause(), is(instanceOf(IllegalArgumentException.class)));
    assertThat(messageOf(thrown.getCause()), is("5000 is bad"));
    assertThat(result.getState(), is(State.FAILED));
    assertThat(workerThreads(), is(empty()));
  }

  @Test
  void anExceptionThatTheFunctionBeforeCatchesFailsTheJobAllTheSame() {
    Pipeline pipeline = TestPipelines.create();
    pipeline
        .apply(GenerateSequence.from(0).to(10))
        .apply(ParDo.of(new CatchEverything()))
        .apply(ParDo.of(new FailAt(5)));

    PipelineExecutionException thrown =
        assertThrows(PipelineExecutionException.class, () -> pipeline.run().waitUntilFinish());
    assertThat(messageOf(thrown.getCause()), is("5 is bad"));
  }

  @Test
  void aJobThatIsCancelledStopsSoonAndTearsDown(@TempDir Path folder) throws Exception {
    Pipeline pipeline = TestPipelines.create(folder, 1);
    pipeline
        .apply(GenerateSequence.from(0).to(10))
        .apply(WithKeys.of(1))
        .apply(GroupByKey.create())
        .apply(ParDo.of(new WaitForPermits<>()));
    PipelineResult result = pipeline.run();
    BEGUN.acquire();

    assertThat(result.getState(), is(State.RUNNING));
    assertThat(result.waitUntilFinish(Duration.millis(10)), is(nullValue()));
    long start = System.nanoTime();
    assertThat(result.cancel(), is(State.CANCELLED));
    assertThat(result.waitUntilFinish(), is(State.CANCELLED));
    assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start), is(lessThan(20L)));
    assertThat(workerThreads(), is(empty()));
    assertThat(TORN_DOWN.get(), is(1));
    assertThat(folder.toFile().list(), arrayWithSize(0));
  }

  @Test
  void whoIsInterruptedWhileWaitingCancels() throws Exception {
    Pipeline pipeline = TestPipelines.create();
    pipeline.apply(GenerateSequence.from(0).to(10)).apply(ParDo.of(new WaitForPermits<>()));
    PipelineResult result = pipeline.run();
    BEGUN.acquire();

    Thread.currentThread().interrupt();
    assertThrows(IllegalStateException.class, result::waitUntilFinish);
    assertThat(Thread.interrupted(), is(true));
    assertThat(result.waitUntilFinish(), is(State.CANCELLED));
  }

  @Test
  void countersCanBeReadWhileTheJobRuns() throws Exception {
    Pipeline pipeline = TestPipelines.create();
    pipeline.apply(GenerateSequence.from(0).to(10)).apply(ParDo.of(new WaitForPermits<>()));
    PipelineResult result = pipeline.run();
    BEGUN.acquire();

    assertThat(counted(result), is(1L));
    PERMITS.release(10);
    assertThat(result.waitUntilFinish(), is(State.DONE));
    assertThat(counted(result), is(10L));
  }

  @Test
  void aSpillFolderThatCannotBeWrittenIsNamedWithWhatToDo(@TempDir Path folder) throws IOException {
    Path file = Files.createFile(folder.resolve("no-folder"));
    Pipeline pipeline = TestPipelines.create(file, 1);
    pipeline
        .apply(GenerateSequence.from(0).to(1_000))
        .apply(WithKeys.of(1))
        .apply(GroupByKey.create());

    PipelineExecutionException thrown =
        assertThrows(PipelineExecutionException.class, () -> pipeline.run().waitUntilFinish());
    assertThat(thrown.getCause(), is(instanceOf(IOException.class)));
    assertThat(
        messageOf(thrown.getCause()),
        allOf(containsString(file.toString()), containsString("--spillLocation")));
  }

  @Test
  void aPipelineWithoutStepsIsDone() {
    assertThat(TestPipelines.create().run().waitUntilFinish(), is(equalTo(State.DONE)));
  }

  private static String messageOf(@Nullable Throwable thrown) {
    return thrown == null ? "no exception" : String.valueOf(thrown.getMessage());
  }

  private static long counted(PipelineResult result) {
    return result
        .metrics()
        .queryMetrics(
            MetricsFilter.builder()
                .addNameFilter(MetricNameFilter.named(LocalRunnerTest.class, "seen"))
                .build())
        .getCounters()
        .iterator()
        .next()
        .getCommitted();
  }

  /** Those that go on: a pool has ended a moment before its last thread. */
  private static List<String> workerThreads() throws InterruptedException {
    List<String> alive = new ArrayList<>();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith("local-runner-")) {
        thread.join(10_000);
        if (thread.isAlive()) {
          alive.add(thread.getName());
        }
      }
    }
    return alive;
  }

  private static final class FailAt extends DoFn<Long, Long> {
    private final long bad;

    FailAt(long bad) {
      this.bad = bad;
    }

    @ProcessElement
    public void processElement(@Element Long number) {
      if (number == bad) {
        throw new IllegalArgumentException(number + " is bad");
      }
    }
  }

  private static final class CatchEverything extends DoFn<Long, Long> {
    @ProcessElement
    public void processElement(@Element Long number, OutputReceiver<Long> out) {
      try {
        out.output(number);
      } catch (RuntimeException expected) {
        // As a function does that puts its failures elsewhere.
      }
    }
  }

  static final class WaitForPermits<T> extends DoFn<T, T> {
    private final Counter seen = Metrics.counter(LocalRunnerTest.class, "seen");

    @ProcessElement
    public void processElement() throws InterruptedException {
      seen.inc();
      BEGUN.release();
      PERMITS.acquire();
    }

    @Teardown
    public void teardown() {
      TORN_DOWN.incrementAndGet();
    }
  }
}
