package dev.tunebeam.spark;

import java.io.File;
import java.net.URI;
import java.net.URL;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.apache.beam.runners.spark.SparkCommonPipelineOptions;
import org.apache.beam.runners.spark.SparkPipelineOptions;
import org.apache.beam.runners.spark.SparkRunner;
import org.apache.beam.sdk.options.PipelineOptions;

/**
 * Spark with the settings that serve the job best, where the user sets no others: embedded on all
 * cores, groups streamed from the shuffle, cached data kept on disk.
 */
public final class SparkDefaults {

  private static final Pattern MASTER =
      Pattern.compile("local(\\[.+])?|local-cluster\\[.+]|(spark|k8s|mesos)://.+|yarn");

  private static final String ALL_CORES = "local[*]";

  private SparkDefaults() {}

  /**
   * Completes the options.
   *
   * @param isSet whether the user gave a flag
   * @throws IllegalArgumentException if Spark knows no such master
   */
  public static void configure(PipelineOptions options, Predicate<String> isSet) {
    options.setRunner(SparkRunner.class);
    SparkPipelineOptions spark = options.as(SparkPipelineOptions.class);
    if (!isSet.test("sparkMaster")) {
      spark.setSparkMaster(ALL_CORES);
    } else if (!MASTER.matcher(spark.getSparkMaster()).matches()) {
      throw new IllegalArgumentException(
          "--sparkMaster must be like local[4], spark://HOST:7077, yarn or k8s://URL, not \"%s\""
              .formatted(spark.getSparkMaster()));
    }
    if (spark.getSparkMaster().equals(ALL_CORES)) {
      // Beam recognizes local[2] as local, but not local[*]: it would stage the whole class path.
      spark.setSparkMaster(
          String.format(Locale.ROOT, "local[%d]", Runtime.getRuntime().availableProcessors()));
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
    URL jar = SparkDefaults.class.getProtectionDomain().getCodeSource().getLocation();
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
