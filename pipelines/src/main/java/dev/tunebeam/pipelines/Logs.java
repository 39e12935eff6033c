package dev.tunebeam.pipelines;

import dev.tunebeam.dataset.settings.FlagName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import org.slf4j.LoggerFactory;

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
      String flag = flag(arg);
      if (flag.startsWith(FLAG)) {
        file = flag.substring(FLAG.length());
      }
    }
    System.setProperty(FILE, file);
    if (System.getProperty("SPARK_SUBMIT") == null) {
      System.setProperty("log4j2.configurationFile", "tunebeam-log4j2.xml");
    }
  }

  /** Removes the file after a job that went well, if it is not one that the user named. */
  static void discard(String... args) {
    String file = System.getProperty(FILE);
    if (file == null || Arrays.stream(args).anyMatch(arg -> flag(arg).startsWith(FLAG))) {
      return;
    }
    try {
      Files.deleteIfExists(Path.of(file));
    } catch (IOException e) {
      // A log too many is no reason to call the job failed.
      LoggerFactory.getLogger(Logs.class).warn("cannot remove {}", file, e);
    }
  }

  private static String flag(String argument) {
    return FlagName.shown(argument, Set.of("logFile"));
  }

  /** The file, for messages. */
  static String file() {
    return System.getProperty("SPARK_SUBMIT") == null
        ? System.getProperty(FILE, "the console")
        : "the driver's log";
  }
}
