package dev.tunebeam.pipelines;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A source tree with the real start script and root pom, whose Maven wrapper and Java are stand-ins
 * that record how they were called.
 */
final class SourceTree {
  /** What a finished start left behind. */
  record Finished(int exitCode, String out, String err) {}

  private static final String MAVEN =
      """
      #!/usr/bin/env bash
      echo call >>maven-calls
      if [ -f maven-fails ]; then
        echo '[ERROR] cannot compile'
        exit 1
      fi
      sleep 0.2
      mkdir -p dataset/target pipelines/target launcher/target
      echo pipelines >pipelines/target/pipelines-1.jar
      echo launcher >launcher/target/launcher-1.jar
      echo dataset >dataset/target/dataset-1.jar
      printf '%s:%s' "$PWD/dataset/target/dataset-1.jar" "$PWD/repository/org/beam/beam-2.jar" \
        >pipelines/target/classpath
      case "$*" in
        *-DincludeScope=compile*)
          printf ':%s' "$PWD/repository/org/spark/spark-3.jar" >>pipelines/target/classpath
          ;;
      esac
      printf '%s:%s' "$PWD/dataset/target/dataset-1.jar" "$PWD/repository/org/http/http-5.jar" \
        >launcher/target/classpath
      """;

  private static final String JAVA =
      """
      #!/usr/bin/env bash
      here=$(cd "$(dirname "$0")/.." && pwd)
      if [ "$1" = -version ]; then
        printf 'openjdk version "%s" 2025-01-01\\n' "$(cat "$here/version")" >&2
        exit
      fi
      for argument; do
        case $argument in
          -XX:ArchiveClassesAtExit=*) echo archive >"${argument#*=}"; exit ;;
        esac
      done
      printf '%s\\0' "$@" >"$here/arguments"
      printf '%s' "${SPARK_USER:-}" >"$here/spark-user"
      echo 'on stdout'
      exit "$(cat "$here/exit-code")"
      """;

  private final Path root;
  private final Path javaHome;

  /** Lays the tree out in a folder that does not exist yet. */
  SourceTree(Path root) throws IOException {
    Files.createDirectories(root);
    this.root = root.toRealPath();
    javaHome = this.root.resolve("a jdk");
    Path real = Path.of("..").toRealPath();
    for (String file : List.of("tunebeam", "pom.xml")) {
      Files.copy(real.resolve(file), this.root.resolve(file));
    }
    write("pipelines/pom.xml", "<project/>");
    write("pipelines/src/main/java/Main.java", "class Main {}");
    write("pipelines/src/main/java/Other.java", "class Other {}");
    write("launcher/pom.xml", "<project/>");
    write("launcher/src/main/java/Main.java", "class Main {}");
    write("repository/org/beam/beam-2.jar", "beam");
    write("repository/org/spark/spark-3.jar", "spark");
    write("repository/org/http/http-5.jar", "http");
    program("mvnw", MAVEN);
    program("a jdk/bin/java", JAVA);
    program("a jdk/bin/javac", "#!/bin/sh\n");
    write("a jdk/version", "17.0.15");
    write("a jdk/exit-code", "0");
  }

  Path root() {
    return root;
  }

  Path script() {
    return root.resolve("tunebeam");
  }

  Path javaHome() {
    return javaHome;
  }

  void write(String file, String text) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private void program(String file, String text) throws IOException {
    write(file, text);
    if (!root.resolve(file).toFile().setExecutable(true)) {
      throw new IOException("cannot make " + file + " executable");
    }
  }

  int builds() throws IOException {
    Path calls = root.resolve("maven-calls");
    return Files.exists(calls) ? Files.readAllLines(calls).size() : 0;
  }

  /** The folder of the current build. */
  Path build() throws IOException {
    Path app = root.resolve("target/app");
    return app.resolve(Files.readString(app.resolve("current")).strip());
  }

  /** What the JVM was started with, flags and class path first. */
  List<String> javaArguments() throws IOException {
    String recorded = Files.readString(javaHome.resolve("arguments"));
    return Arrays.asList(recorded.substring(0, recorded.length() - 1).split("\0", -1));
  }

  /** The files on the class path. */
  List<Path> classPath() throws IOException {
    List<String> all = javaArguments();
    return Arrays.stream(all.get(all.indexOf("-cp") + 1).split(":", -1)).map(Path::of).toList();
  }

  /** The class that was started. */
  String mainClass() throws IOException {
    List<String> all = javaArguments();
    return all.get(all.indexOf("-cp") + 2);
  }

  /** What followed the main class. */
  List<String> programArguments() throws IOException {
    List<String> all = javaArguments();
    return all.subList(all.indexOf("-cp") + 3, all.size());
  }

  /** What was the user given to Spark; empty for none. */
  String sparkUser() throws IOException {
    return Files.readString(javaHome.resolve("spark-user"));
  }

  /** Starts the script and waits for its end. */
  Finished start(String... arguments) throws IOException, InterruptedException {
    return start(script(), root, Map.of(), arguments);
  }

  /** Starts the script by the given path, in the given folder, with more environment variables. */
  Finished start(Path script, Path folder, Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    return finish(launch(script, folder, environment, arguments));
  }

  /** Starts the script without waiting; to be handed to {@link #finish}. */
  Process launch(Path script, Path folder, Map<String, String> environment, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(List.of(script.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().put("JAVA_HOME", javaHome.toString());
    builder.environment().keySet().removeAll(List.of("TUNEBEAM_OPTS", "SPARK_USER"));
    builder.environment().putAll(environment);
    return builder.start();
  }

  /** Waits at most a minute. What is written is little enough for the buffers of the pipes. */
  static Finished finish(Process process) throws IOException, InterruptedException {
    if (!process.waitFor(1, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new IOException("the start script does not end");
    }
    return new Finished(
        process.exitValue(),
        new String(process.getInputStream().readAllBytes(), UTF_8),
        new String(process.getErrorStream().readAllBytes(), UTF_8));
  }
}
