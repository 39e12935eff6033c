package dev.tunebeam.pipelines;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesRegex;
import static org.hamcrest.Matchers.nullValue;

import dev.tunebeam.runner.LocalRunner;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.beam.runners.direct.DirectRunner;
import org.apache.beam.runners.spark.SparkPipelineOptions;
import org.apache.beam.runners.spark.SparkRunner;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Which runner runs a job, and what is sent to a cluster. spark-submit makes itself known by a
 * system property.
 */
class RunnersTest {
  private final SparkPipelineOptions options =
      PipelineOptionsFactory.as(SparkPipelineOptions.class);

  @Test
  void theDefaultIsTheLocalRunner() {
    Runners.configure(options, flag -> false);
    assertThat(options.getRunner(), equalTo(LocalRunner.class));
  }

  @Test
  void aMasterAloneChoosesSpark() {
    options.setSparkMaster("spark://master:7077");
    Runners.configure(options, "sparkMaster"::equals);
    assertThat(options.getRunner(), equalTo(SparkRunner.class));
    assertThat(options.getSparkMaster(), equalTo("spark://master:7077"));
  }

  @Test
  void aSubmittedJobRunsOnSpark() {
    System.setProperty("SPARK_SUBMIT", "true");
    Runners.configure(options, flag -> false);
    assertThat(options.getRunner(), equalTo(SparkRunner.class));
  }

  @Test
  void theRunnerThatTheUserNamesStays() {
    options.setRunner(DirectRunner.class);
    Runners.configure(options, Set.of("runner", "sparkMaster")::contains);
    assertThat(options.getRunner(), equalTo(DirectRunner.class));
  }

  @AfterEach
  void removeTheProperties() {
    for (String name :
        List.of(
            "SPARK_SUBMIT",
            "spark.ui.enabled",
            "spark.driver.host",
            "spark.driver.bindAddress",
            "spark.serializer.objectStreamReset")) {
      System.clearProperty(name);
    }
  }

  @Test
  void aSubmittedJobSendsTheFileThatItIsInAndNoOther() {
    System.setProperty("SPARK_SUBMIT", "true");
    Runners.configure(options, flag -> false);
    assertThat(
        options.getFilesToStage(),
        contains(matchesRegex(".*/spark/target/(classes|spark-.*\\.jar)")));
  }

  @Test
  void aSubmittedJobSendsWhatTheUserNames() {
    System.setProperty("SPARK_SUBMIT", "true");
    options.setFilesToStage(List.of("mine.jar"));
    Runners.configure(options, "filesToStage"::equals);
    assertThat(options.getFilesToStage(), equalTo(List.of("mine.jar")));
  }

  @Test
  void withoutSparkSubmitTheChoiceIsBeams() {
    options.setRunner(SparkRunner.class);
    Runners.configure(options, "runner"::equals);
    assertThat(options.getFilesToStage(), nullValue());
  }

  @Test
  void allCoresAreNamedByTheirNumberSinceBeamCopiesTheClassPathForAStar() {
    int cores = Runtime.getRuntime().availableProcessors();
    options.setRunner(SparkRunner.class);
    Runners.configure(options, "runner"::equals);
    assertThat(options.getSparkMaster(), equalTo(String.format(Locale.ROOT, "local[%d]", cores)));

    options.setSparkMaster("local[*]");
    Runners.configure(options, "sparkMaster"::equals);
    assertThat(options.getSparkMaster(), equalTo(String.format(Locale.ROOT, "local[%d]", cores)));

    options.setSparkMaster("local[7]");
    Runners.configure(options, "sparkMaster"::equals);
    assertThat(options.getSparkMaster(), equalTo("local[7]"));
  }
}
