package dev.tunebeam.pipelines;

import dev.tunebeam.pipelines.recipe.UsageException;
import java.io.File;
import java.net.URI;
import java.net.URL;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.runners.spark.SparkCommonPipelineOptions;
import org.apache.beam.runners.spark.SparkPipelineOptions;
import org.apache.beam.runners.spark.SparkRunner;
import org.apache.beam.sdk.options.PipelineOptions;

/**
 * Default options of the runners, for those that the user does not set: Spark embedded on all
 * cores, groups streamed out of the shuffle, cached data kept on disk.
 */
final class Runners {

  private static final Pattern MASTER =
      Pattern.compile("local(\\[.+])?|local-cluster\\[.+]|(spark|k8s|mesos)://.+|yarn");

  private static final String ALL_CORES = "local[*]";

  private Runners() {}

  /**
   * Fills in the defaults.
   *
   * @param isSet whether the user set a flag
   * @throws UsageException if the Spark master is not valid
   */
  static void configure(PipelineOptions options, Predicate<String> isSet) {
    if (!isSet.test("runner")) {
      options.setRunner(SparkRunner.class);
    }
    // By name: the jar for clusters does not contain the class.
    if (options.getRunner().getSimpleName().equals("DirectRunner")) {
      configureDirect(options, isSet);
    } else if (SparkRunner.class.equals(options.getRunner())) {
      configureSpark(options.as(SparkPipelineOptions.class), isSet);
    }
  }

  /**
   * Disables the direct runner's checks of every element: they are for tests and take most of its
   * time.
   */
  private static void configureDirect(PipelineOptions options, Predicate<String> isSet) {
    DirectOptions direct = options.as(DirectOptions.class);
    if (!isSet.test("enforceImmutability")) {
      direct.setEnforceImmutability(false);
    }
    if (!isSet.test("enforceEncodability")) {
      direct.setEnforceEncodability(false);
    }
  }

  private static void configureSpark(SparkPipelineOptions spark, Predicate<String> isSet) {
    if (!isSet.test("sparkMaster")) {
      spark.setSparkMaster(ALL_CORES);
    } else if (!MASTER.matcher(spark.getSparkMaster()).matches()) {
      throw new UsageException(
          "--sparkMaster must be like local[4], spark://HOST:7077, yarn or k8s://URL, not \"%s\""
              .formatted(spark.getSparkMaster()));
    }
    if (spark.getSparkMaster().equals(ALL_CORES)) {
      // Beam recognizes local[2] as local, but not local[*]: it would stage the whole class path.
      spark.setSparkMaster("local[%d]".formatted(Runtime.getRuntime().availableProcessors()));
    }
    if (!isSet.test("storageLevel")) {
      // Deduplicated shards are read only once more, for writing: not worth the memory.
      spark.setStorageLevel("DISK_ONLY");
    }
    if (!isSet.test("preferGroupByKeyToHandleHugeValues")) {
      spark.setPreferGroupByKeyToHandleHugeValues(true);
    }
    if (!isSet.test("enableSparkMetricSinks")) {
      spark.setEnableSparkMetricSinks(false);
    }
    // Java serialization keeps references to the last 100 objects, here whole shards.
    setDefault("spark.serializer.objectStreamReset", "1");
    if (System.getProperty("SPARK_SUBMIT") != null && !isSet.test("filesToStage")) {
      // Beam would send the driver's class path, including Spark itself, to every executor.
      spark.setFilesToStage(List.of(ownJar()));
    }
    if (isEmbedded(spark)) {
      setDefault("spark.ui.enabled", "false");
      // On too small a heap the job fails with a message, instead of killing the JVM without one.
      setDefault("spark.executor.killOnFatalError.depth", "0");
      // Avoids resolving the host name: on laptops it changes with the network.
      setDefault("spark.driver.host", "127.0.0.1");
      setDefault("spark.driver.bindAddress", "127.0.0.1");
    }
  }

  private static String ownJar() {
    URL jar = Runners.class.getProtectionDomain().getCodeSource().getLocation();
    return new File(URI.create(jar.toString())).getPath();
  }

  private static boolean isEmbedded(SparkCommonPipelineOptions spark) {
    String submitted = System.getProperty("spark.master");
    return (submitted == null ? spark.getSparkMaster() : submitted).startsWith("local");
  }

  private static void setDefault(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }
}
