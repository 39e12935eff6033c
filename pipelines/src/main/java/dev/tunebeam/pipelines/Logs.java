package dev.tunebeam.pipelines;

import java.nio.file.Path;

/** Where the logs of Beam and Spark go: to a file, for the terminal is for the user. */
final class Logs {

  private static final String FILE = "tunebeam.logFile";
  private static final String FLAG = "--logFile=";

  private Logs() {}

  /**
   * Directs the logs to the file that the arguments name, or to one in the folder for temporary
   * files. To be called before anything logs. Under spark-submit the cluster's own settings stay.
   */
  static void toFile(String... args) {
    String file =
        Path.of(
                System.getProperty("java.io.tmpdir"),
                "tunebeam-%s-%d.log"
                    .formatted(System.getProperty("user.name"), ProcessHandle.current().pid()))
            .toString();
    for (String arg : args) {
      if (arg.startsWith(FLAG)) {
        file = arg.substring(FLAG.length());
      }
    }
    System.setProperty(FILE, file);
    if (System.getProperty("SPARK_SUBMIT") == null) {
      System.setProperty("log4j2.configurationFile", "tunebeam-log4j2.xml");
    }
  }

  /** The file, for messages. */
  static String file() {
    return System.getProperty("SPARK_SUBMIT") == null
        ? System.getProperty(FILE, "the console")
        : "the driver's log";
  }
}
