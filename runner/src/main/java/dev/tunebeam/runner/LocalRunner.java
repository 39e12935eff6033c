package dev.tunebeam.runner;

import dev.tunebeam.runner.execute.Job;
import dev.tunebeam.runner.plan.Plan;
import dev.tunebeam.runner.plan.PlanBuilder;
import dev.tunebeam.runner.plan.Refusals;
import dev.tunebeam.runner.spill.Storage;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.PipelineRunner;
import org.apache.beam.sdk.metrics.MetricsEnvironment;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsValidator;
import org.apache.beam.sdk.runners.PTransformOverride;
import org.apache.beam.sdk.util.construction.PTransformMatchers;
import org.apache.beam.sdk.util.construction.SplittableParDo;
import org.apache.beam.sdk.util.construction.SplittableParDoNaiveBounded;

/**
 * Runs bounded pipelines in the global window on the threads of this process.
 *
 * <p>Elements are passed by reference from function to function: neither that a function leaves its
 * input alone nor that coders are right is checked (the DirectRunner does). There are no retries:
 * an exception ends the job.
 *
 * <p>Memory: what GroupByKey, Combine, Reshuffle and side inputs store is held up to {@code
 * --localBufferBytes}, and a quarter more, and then spilled to files in {@code --spillLocation}.
 * The values of a key are read from there one by one, whenever they are iterated. Maps as side
 * inputs are held in memory.
 */
public final class LocalRunner extends PipelineRunner<PipelineResult> {

  private final LocalOptions options;

  private LocalRunner(LocalOptions options) {
    this.options = options;
  }

  /** Called by Beam for {@code --runner=LocalRunner}. */
  public static LocalRunner fromOptions(PipelineOptions options) {
    LocalOptions local = PipelineOptionsValidator.validate(LocalOptions.class, options);
    if (local.getLocalWorkers() < 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "--localWorkers must be 1 or more, not %d", local.getLocalWorkers()));
    }
    return new LocalRunner(local);
  }

  /**
   * Starts a pipeline. It goes on when nobody waits for it, and keeps the process alive.
   *
   * @throws UnsupportedOperationException if there is something in it that this runner does not
   *     run; the message names the transforms
   */
  @Override
  public PipelineResult run(Pipeline pipeline) {
    Refusals.check(pipeline);
    MetricsEnvironment.setMetricsSupported(true);
    SplittableParDo.convertReadBasedSplittableDoFnsToPrimitiveReadsIfNecessary(pipeline);
    pipeline.replaceAll(
        List.of(
            PTransformOverride.of(
                PTransformMatchers.splittableParDoMulti(), new SplittableParDo.OverrideFactory<>()),
            PTransformOverride.of(
                PTransformMatchers.splittableProcessKeyedBounded(),
                new SplittableParDoNaiveBounded.OverrideFactory<>())));
    Plan plan = PlanBuilder.plan(pipeline);
    Storage storage =
        Storage.of(
            Path.of(options.getSpillLocation()),
            options.getLocalBufferBytes(),
            options.getLocalWorkers());
    return LocalResult.start(new Job(plan, options, storage));
  }

  @Override
  public String toString() {
    return "LocalRunner";
  }
}
