package dev.tunebeam.pipelines;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** An unpacked release with the real start script. Its Java is a stand-in without a compiler. */
final class ReleaseTree extends StartedTree {
  /** Lays the release out in a folder that does not exist yet, beside a folder for Java. */
  ReleaseTree(Path root) throws IOException {
    super(root, root.resolveSibling("a jre"));
    write("lib/pipelines.jar", "pipelines");
    write("lib/launcher.jar", "launcher");
    write("lib/dataset-1.jar", "dataset");
    write("lib/beam-2.jar", "beam");
    write("lib/http-5.jar", "http");
    write("lib/pipelines.classpath", "lib/dataset-1.jar:lib/beam-2.jar");
    write("lib/launcher.classpath", "lib/dataset-1.jar:lib/http-5.jar");
    write("sbom.cdx.json", "{}");
  }

  /** Each file with its content and each folder; none may be written to afterwards. */
  Map<String, String> freeze() throws IOException {
    for (Path path : walk(root())) {
      if (!path.toFile().setWritable(false, false)) {
        throw new IOException("cannot make " + path + " read-only");
      }
    }
    return content();
  }

  /** Each file with its content and each folder. */
  Map<String, String> content() throws IOException {
    Map<String, String> content = new TreeMap<>();
    for (Path path : walk(root())) {
      content.put(path.toString(), Files.isDirectory(path) ? "folder" : Files.readString(path));
    }
    return content;
  }

  private static List<Path> walk(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.toList();
    }
  }

  /** The archives of classes, by name, once no trial runs. */
  List<Path> archives() throws IOException, InterruptedException {
    awaitTrials();
    return Files.exists(cacheOfReleases()) ? list(cacheOfReleases()) : List.of();
  }

  /** Waits until nothing runs that a start left in the background. */
  void awaitTrials() throws IOException, InterruptedException {
    String place = root().resolveSibling("").toString();
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    while (ProcessHandle.allProcesses()
        .anyMatch(process -> process.info().commandLine().orElse("").contains(place))) {
      if (System.nanoTime() > end) {
        throw new IOException("a trial does not end");
      }
      Thread.sleep(20);
    }
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  Path cacheOfReleases() {
    return cache().resolve("tunebeam");
  }

  /** The last arguments of each trial that was to make an archive of classes. */
  List<List<String>> trials() throws IOException {
    Path recorded = javaHome().resolve("trials");
    if (!Files.exists(recorded)) {
      return List.of();
    }
    return Files.readAllLines(recorded).stream()
        .map(line -> Arrays.asList(line.split("\t", -1)))
        .toList();
  }
}
