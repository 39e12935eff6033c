package dev.tunebeam.pipelines;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tunebeam.dataset.DataFolder;
import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.pipelines.inspect.YesNoPrompt;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A folder with input, and the command run on it in this JVM the way a user runs it. Every day is
 * 2026-11-20, and no time passes.
 */
final class Workbench {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-20T12:00:00Z"), ZoneOffset.UTC);

  private final Path folder;
  private final Map<String, String> variables = new HashMap<>();

  /**
   * What a command ended with. In its texts the bench's folder is called BENCH, and what was
   * wrapped is on one line again, since the length of the folder's path decides where.
   */
  record Finished(ExitCode code, String out, String err) {

    /** The same without what was said before the job. */
    Finished sinceTheJob() {
      return new Finished(code, out.replaceFirst("(?s)^Inferred from the data.*?\n\n", ""), err);
    }
  }

  /** A line of a rejects file. */
  record Rejection(
      String step,
      String reason,
      String message,
      String file,
      long position,
      @Nullable Integer example,
      String raw) {}

  Workbench(Path folder) {
    this.folder = folder;
  }

  Path path(String name) {
    return folder.resolve(name);
  }

  /** Writes a text file; each line ends with a line feed. */
  Path write(String name, String... lines) throws IOException {
    return write(name, (String.join("\n", lines) + "\n").getBytes(UTF_8));
  }

  Path write(String name, byte[] content) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.toAbsolutePath().getParent());
    return Files.write(file, content);
  }

  /** Runs {@code prepare}; into the folder {@code out} if the flags name no other. */
  Finished prepare(String... flags) {
    List<String> arguments = new ArrayList<>(List.of("prepare"));
    arguments.addAll(Arrays.asList(flags));
    if (Stream.of(flags).noneMatch(f -> f.startsWith("--output=") || f.startsWith("--dryRun"))) {
      arguments.add("--output=" + path("out"));
    }
    return run(arguments.toArray(String[]::new));
  }

  /** Runs {@code inspect}; what it found is in {@link #inspection}. */
  Finished inspect(String... flags) {
    return answering(null, flags);
  }

  /** Runs {@code inspect} at a terminal, where somebody types these lines. */
  Finished inspectAnswering(String lines, String... flags) {
    return answering(lines, flags);
  }

  private Finished answering(@Nullable String lines, String... flags) {
    List<String> arguments = new ArrayList<>(List.of("inspect"));
    arguments.addAll(Arrays.asList(flags));
    arguments.add("--json=" + path("inspection.json"));
    return runAnswering(lines, arguments.toArray(String[]::new));
  }

  /** What the last inspection found. */
  JsonNode inspection() throws IOException {
    return JSON.readTree(folder.resolve("inspection.json").toFile());
  }

  /** Sets an environment variable for the commands that follow. */
  void set(String variable, String value) {
    variables.put(variable, value);
  }

  /** Starts a command line in a process of its own, which says all in the file {@code said}. */
  Process start(String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    command.addAll(Arrays.asList(arguments));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(path("said").toFile())
        .start();
  }

  /** Runs a command line. */
  Finished run(String... arguments) {
    return runAnswering(null, arguments);
  }

  private Finished runAnswering(@Nullable String lines, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintStream printed = new PrintStream(out, true, UTF_8);
    YesNoPrompt questions =
        lines == null
            ? null
            : new YesNoPrompt(new BufferedReader(new StringReader(lines)), printed);
    ExitCode code =
        new Main(printed, new PrintStream(err, true, UTF_8), CLOCK, variables, questions)
            .run(arguments);
    return new Finished(code, anywhere(out), anywhere(err));
  }

  private String anywhere(ByteArrayOutputStream text) {
    return text.toString(UTF_8).replace("\n      ", " ").replace(folder.toString(), "BENCH");
  }

  /** All files below a folder by their path within it, but for those in folders of data. */
  SortedMap<String, String> files(String name) throws IOException {
    Path root = folder.resolve(name);
    SortedMap<String, String> files = new TreeMap<>();
    try (Stream<Path> found = Files.walk(root)) {
      for (Path file : found.filter(Files::isRegularFile).toList()) {
        String path = root.relativize(file).toString();
        if (DataFolder.in(path.substring(Math.max(0, path.indexOf(".data-")))).isEmpty()) {
          files.put(path, Files.readString(file));
        }
      }
    }
    return files;
  }

  /** The manifest of the dataset in {@code out}. */
  JsonNode manifest() throws IOException {
    return manifest("out");
  }

  JsonNode manifest(String dataset) throws IOException {
    return JSON.readTree(folder.resolve(dataset).resolve("manifest.json").toFile());
  }

  /** The examples of {@code out} in both splits, sorted as texts. */
  List<String> examples() throws IOException {
    return Stream.concat(lines("train-").stream(), lines("validation-").stream()).sorted().toList();
  }

  /** The rejected rows of {@code out}, in the order of the input. */
  List<Rejection> rejections() throws IOException {
    List<Rejection> rejections = new ArrayList<>();
    for (String line : lines("rejected-")) {
      rejections.add(JSON.readValue(line, Rejection.class));
    }
    return rejections;
  }

  /** The lines of the files in {@code out} whose names begin so. */
  List<String> lines(String prefix) throws IOException {
    List<String> lines = new ArrayList<>();
    files("out")
        .forEach(
            (name, content) -> {
              if (name.startsWith(prefix)) {
                content.lines().forEach(lines::add);
              }
            });
    return lines;
  }
}
