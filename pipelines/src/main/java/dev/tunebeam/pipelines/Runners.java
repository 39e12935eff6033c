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
 * The defaults that serve the job best, where the user says nothing else: Spark embedded on all
 * cores, groups streamed out of the shuffle, and what is cached kept on disk.
 */
final class Runners {

  private static final Pattern MASTER =
      Pattern.compile("local(\\[.+])?|local-cluster\\[.+]|(spark|k8s|mesos)://.+|yarn");

  private static final String ALL_CORES = "local[*]";

  private Runners() {}

  /**
   * Completes the options.
   *
   * @param isSet whether the user gave a flag
   * @throws UsageException if Spark knows no such master
   */
  static void configure(PipelineOptions options, Predicate<String> isSet) {
    if (!isSet.test("runner")) {
      options.setRunner(SparkRunner.class);
    }
    // By name: the jar for a cluster comes without it.
    if (options.getRunner().getSimpleName().equals("DirectRunner")) {
      configureDirect(options, isSet);
    } else if (SparkRunner.class.equals(options.getRunner())) {
      configureSpark(options.as(SparkPipelineOptions.class), isSet);
    }
  }

  /** Its checks of every element are for tests: they take most of its time. */
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
      // Beam knows local[2] as this machine, but not local[*]: it would copy the whole class path.
      spark.setSparkMaster("local[%d]".formatted(Runtime.getRuntime().availableProcessors()));
    }
    if (!isSet.test("storageLevel")) {
      // Deduplicated shards are read once more, to be written: memory has better uses.
      spark.setStorageLevel("DISK_ONLY");
    }
    if (!isSet.test("preferGroupByKeyToHandleHugeValues")) {
      spark.setPreferGroupByKeyToHandleHugeValues(true);
    }
    if (!isSet.test("enableSparkMetricSinks")) {
      spark.setEnableSparkMetricSinks(false);
    }
    // Java's serialization holds on to the last 100 objects, and ours are whole shards.
    setDefault("spark.serializer.objectStreamReset", "1");
    if (System.getProperty("SPARK_SUBMIT") != null && !isSet.test("filesToStage")) {
      // Beam would send the class path of the driver, Spark itself, to every executor.
      spark.setFilesToStage(List.of(ownJar()));
    }
    if (isEmbedded(spark)) {
      setDefault("spark.ui.enabled", "false");
      // Too small a heap fails the job, with a message; it does not end the JVM without one.
      setDefault("spark.executor.killOnFatalError.depth", "0");
      // No name of this host is looked up: laptops change theirs with the network.
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
