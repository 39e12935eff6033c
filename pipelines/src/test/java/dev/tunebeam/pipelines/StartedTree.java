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

/** A folder with the real start script, and a Java that only records how it was called. */
abstract class StartedTree {
  /** What a finished start left behind. */
  record Finished(int exitCode, String out, String err) {}

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
          -XX:ArchiveClassesAtExit=*)
            printf '%s\\t%s\\t%s\\n' "${@: -3}" >>"$here/trials"
            [ ! -f "$here/makes-no-archive" ] || exit 1
            echo archive >"${argument#*=}"
            exit
            ;;
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
  StartedTree(Path root, Path javaHome) throws IOException {
    this.root = Files.createDirectories(root).toRealPath();
    this.javaHome = Files.createDirectories(javaHome).toRealPath();
    copy("tunebeam");
    program(javaHome + "/bin/java", JAVA);
    write(javaHome + "/version", "17.0.15");
    write(javaHome + "/exit-code", "0");
  }

  final Path root() {
    return root;
  }

  final Path script() {
    return root.resolve("tunebeam");
  }

  final Path javaHome() {
    return javaHome;
  }

  final void write(String file, String text) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  final void program(String file, String text) throws IOException {
    write(file, text);
    if (!root.resolve(file).toFile().setExecutable(true)) {
      throw new IOException("cannot make " + file + " executable");
    }
  }

  /** Copies a file of this project. */
  final void copy(String file) throws IOException {
    Path target = root.resolve(file);
    Files.createDirectories(target.getParent());
    Files.copy(Path.of("..").resolve(file), target);
  }

  /** The folder that a start keeps files of the user in. */
  final Path cache() {
    return javaHome.resolveSibling("a cache");
  }

  /** What the JVM was started with, flags and class path first. */
  final List<String> javaArguments() throws IOException {
    String recorded = Files.readString(javaHome.resolve("arguments"));
    return Arrays.asList(recorded.substring(0, recorded.length() - 1).split("\0", -1));
  }

  /** The files on the class path. */
  final List<Path> classPath() throws IOException {
    List<String> all = javaArguments();
    return Arrays.stream(all.get(all.indexOf("-cp") + 1).split(":", -1)).map(Path::of).toList();
  }

  /** The class that was started. */
  final String mainClass() throws IOException {
    List<String> all = javaArguments();
    return all.get(all.indexOf("-cp") + 2);
  }

  /** What followed the main class. */
  final List<String> programArguments() throws IOException {
    List<String> all = javaArguments();
    return all.subList(all.indexOf("-cp") + 3, all.size());
  }

  /** What was the user given to Spark; empty for none. */
  final String sparkUser() throws IOException {
    return Files.readString(javaHome.resolve("spark-user"));
  }

  /** Starts the script and waits for its end. */
  final Finished start(String... arguments) throws IOException, InterruptedException {
    return start(script(), root, Map.of(), arguments);
  }

  /** Starts the script by the given path, in the given folder, with more environment variables. */
  final Finished start(
      Path script, Path folder, Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    return finish(launch(script, folder, environment, arguments));
  }

  /** Starts the script without waiting; to be handed to {@link #finish}. */
  final Process launch(
      Path script, Path folder, Map<String, String> environment, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(List.of(script.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().put("JAVA_HOME", javaHome.toString());
    builder.environment().put("XDG_CACHE_HOME", cache().toString());
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
