package dev.tunebeam.pipelines;

import dev.tunebeam.runner.LocalRunner;
import java.util.function.Predicate;
import org.apache.beam.sdk.options.PipelineOptions;

/** Chooses the runner: this machine's own, or Spark where the job is submitted to it. */
final class Runners {

  private static final String SPARK = "SparkRunner";

  private Runners() {}

  /**
   * Completes the options.
   *
   * @param isSet whether the user gave a flag
   * @throws dev.tunebeam.pipelines.recipe.UsageException if Spark knows no such master
   */
  static void configure(PipelineOptions options, Predicate<String> isSet) {
    boolean isSubmitted = System.getProperty("SPARK_SUBMIT") != null;
    boolean isSpark =
        isSet.test("runner")
            ? options.getRunner().getSimpleName().equals(SPARK)
            : isSubmitted || isSet.test("sparkMaster");
    if (isSpark) {
      // Only here: Spark's classes are not there when they are not asked for.
      SparkDefaults.configure(options, isSet);
    } else if (!isSet.test("runner")) {
      options.setRunner(LocalRunner.class);
    }
  }
}
