package dev.tunebeam.pipelines;

import dev.tunebeam.pipelines.recipe.UsageException;
import dev.tunebeam.runner.LocalRunner;
import java.lang.reflect.InvocationTargetException;
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
   * @throws UsageException if Spark knows no such master
   */
  static void configure(PipelineOptions options, Predicate<String> isSet) {
    boolean isSubmitted = System.getProperty("SPARK_SUBMIT") != null;
    boolean isSpark =
        isSet.test("runner")
            ? options.getRunner().getSimpleName().equals(SPARK)
            : isSubmitted || isSet.test("sparkMaster");
    if (isSpark) {
      configureSpark(options, isSet);
    } else if (!isSet.test("runner")) {
      options.setRunner(LocalRunner.class);
    }
  }

  /** By name: where no job asks for Spark, its classes are not there. */
  private static void configureSpark(PipelineOptions options, Predicate<String> isSet) {
    try {
      Class.forName("dev.tunebeam.spark.SparkDefaults")
          .getMethod("configure", PipelineOptions.class, Predicate.class)
          .invoke(null, options, isSet);
    } catch (InvocationTargetException e) {
      throw new UsageException(String.valueOf(e.getTargetException().getMessage()));
    } catch (ReflectiveOperationException e) {
      throw new UsageException("Spark is not on the class path; see docs/spark.md");
    }
  }
}
