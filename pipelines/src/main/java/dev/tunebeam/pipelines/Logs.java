package dev.tunebeam.pipelines;

import dev.tunebeam.dataset.settings.FlagName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** The log file of Beam and Spark. The terminal is kept free for the user. */
final class Logs {

  private static final String FILE = "org.slf4j.simpleLogger.logFile";
  private static final String FLAG = "--logFile=";

  private Logs() {}

  /**
   * Sends the logs to the file that the arguments name, by default to one in the temporary folder.
   * Must be called before anything logs. Under spark-submit the cluster's own settings apply.
   */
  static void toFile(String... args) {
    String file =
        Path.of(
                System.getProperty("java.io.tmpdir"),
                String.format(
                    Locale.ROOT,
                    "tunebeam-%s-%d.log",
                    System.getProperty("user.name"),
                    ProcessHandle.current().pid()))
            .toString();
    boolean isNamed = false;
    for (String flag : flags(args)) {
      if (flag.startsWith(FLAG)) {
        file = flag.substring(FLAG.length());
        isNamed = true;
      }
    }
    if (System.getProperty("SPARK_SUBMIT") == null) {
      if (!isNamed) {
        createForOneUser(Path.of(file));
      }
      // Spark brings a backend of its own, and where there are two, one must be named.
      System.setProperty("slf4j.provider", "org.slf4j.simple.SimpleServiceProvider");
      System.setProperty("slf4j.internal.verbosity", "WARN");
      System.setProperty(FILE, file);
      System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "warn");
      System.setProperty("org.slf4j.simpleLogger.log.org.apache.beam.runners.spark", "info");
      System.setProperty("org.slf4j.simpleLogger.showDateTime", "true");
      System.setProperty("org.slf4j.simpleLogger.dateTimeFormat", "yyyy-MM-dd HH:mm:ss.SSS");
    }
  }

  /** What is logged may quote rows. Where it cannot be created, whoever logs says so. */
  private static void createForOneUser(Path file) {
    try {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } catch (IOException | UnsupportedOperationException e) {
      // Windows gives each user a folder; a file that is there is of this user.
    }
  }

  /** Deletes the log file after a successful job, unless the user named the file. */
  static void discard(String... args) {
    Path file = own(args);
    try {
      if (file != null) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      // A leftover log file must not fail the job.
      LoggerFactory.getLogger(Logs.class).warn("cannot remove {}", file, e);
    }
  }

  /** Deletes the log file if nothing was logged; however the process ends, but for a kill -9. */
  static void discardEmpty(String... args) {
    Path file = own(args);
    if (file != null && file.toFile().length() == 0) {
      discard(args);
    }
  }

  /** The log file, unless the user named it. */
  private static @Nullable Path own(String... args) {
    String file = System.getProperty(FILE);
    boolean isNamed = flags(args).stream().anyMatch(flag -> flag.startsWith(FLAG));
    return file == null || isNamed ? null : Path.of(file);
  }

  private static List<String> flags(String... arguments) {
    return FlagName.joined(Arrays.asList(arguments), Set.of("logFile"), name -> false);
  }

  /** The path of the log file, for messages. */
  static String file() {
    return System.getProperty("SPARK_SUBMIT") == null
        ? System.getProperty(FILE, "the console")
        : "the driver's log";
  }
}
