package dev.tunebeam.launcher;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.launcher.http.Json;
import dev.tunebeam.launcher.process.Shell;
import dev.tunebeam.launcher.standin.Job;
import dev.tunebeam.launcher.standin.Recorded;
import dev.tunebeam.launcher.standin.StandIn;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.ByteString;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher in this process, at a stand-in. After each test: the key stands nowhere, and every
 * fault that was planned has struck.
 */
abstract class StandInTest {

  /** No wait that a test would notice. */
  private static final List<String> FAST =
      List.of("--retryDelay=1ms", "--patience=20s", "--settle=50ms");

  final StandIn standIn = StandIn.start();
  final Map<String, String> variables = new TreeMap<>();
  private final List<Ended> ended = new ArrayList<>();

  @TempDir Path folder = Path.of("");

  /** The day of the tests: all models of the stand-in can be trained. */
  Clock clock = from("2026-11-20T12:00:00Z");

  /** The user input; setting it makes the command interactive. */
  String typed = "";

  boolean terminal;

  StandInTest() {
    variables.put("OPENAI_API_KEY", standIn.key());
    variables.put("OPENAI_BASE_URL", standIn.url());
  }

  /** A command that has ended. */
  record Ended(int code, String out, String err) {

    /** Fails with the full output if the exit code differs. */
    Ended with(ExitCode expected) {
      assertThat(out + err, code, is(expected.code()));
      return this;
    }

    /** The lines on stderr, without timestamps. */
    List<String> told() {
      return err.lines().map(line -> line.replaceFirst("^\\d\\d:\\d\\d:\\d\\d  ", "")).toList();
    }

    /** The only message of a failure. */
    String message() {
      List<String> messages = err.lines().filter(line -> line.startsWith("tunebeam: ")).toList();
      assertThat(err, messages.size(), is(1));
      return messages.get(0).substring("tunebeam: ".length());
    }
  }

  /** A ticking clock that starts at a given time. */
  static Clock from(String then) {
    Clock now = Clock.system(ZoneOffset.UTC);
    return Clock.offset(now, Duration.between(now.instant(), Instant.parse(then)));
  }

  /** A dataset in a separate folder, of 12 and 3 chat examples. */
  Path dataset() {
    return new DatasetOnDisk().in(folder.resolve("tickets"));
  }

  /** A command in a process of its own, in the folder of the test; it says all in one file. */
  Process process(Path said, String... args) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    command.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(variables);
    return builder.redirectOutput(said.toFile()).directory(folder.toFile()).start();
  }

  Ended run(String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Shell shell =
        new Shell(
            variables,
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            new BufferedReader(new StringReader(typed)),
            terminal,
            clock,
            folder);
    int code = new Main(shell).run(args);
    Ended end =
        new Ended(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    synchronized (ended) {
      ended.add(end);
    }
    return end;
  }

  /** A command that retries without delay. */
  Ended fast(String... args) {
    return run(Stream.of(List.of(args), FAST).flatMap(List::stream).toArray(String[]::new));
  }

  /** launch with {@code --yes}. */
  Ended launch(Path dataset, String... more) {
    List<String> args = new ArrayList<>(List.of("launch", dataset.toString()));
    args.addAll(List.of("--yes", "--poll=1ms"));
    args.addAll(List.of(more));
    return fast(args.toArray(String[]::new));
  }

  /** One job, and of each split one file with its bytes. */
  Job theOnlyJob(Path dataset) {
    List<Job> jobs = standIn.jobs();
    assertThat(jobs.stream().map(Job::id).toList().toString(), jobs.size(), is(1));
    Job job = jobs.get(0);
    assertThat(
        "the files for training",
        standIn.files().stream()
            .filter(file -> file.purpose().equals("fine-tune"))
            .map(file -> file.id())
            .toList(),
        is(
            job.spec().validationFile() == null
                ? List.of(job.spec().trainingFile())
                : List.of(job.spec().trainingFile(), job.spec().validationFile())));
    assertThat(bytes(job.spec().trainingFile()), is(DatasetOnDisk.bytes(dataset, "train")));
    if (job.spec().validationFile() != null) {
      assertThat(
          bytes(job.spec().validationFile()), is(DatasetOnDisk.bytes(dataset, "validation")));
    }
    return job;
  }

  private ByteString bytes(String file) {
    return standIn.files().stream()
        .filter(one -> one.id().equals(file))
        .findFirst()
        .orElseThrow()
        .content();
  }

  /** Changes at the provider made by another client. */
  String elsewhere(String method, String path, @Nullable String json) {
    Request request =
        new Request.Builder()
            .url(standIn.url() + path)
            .header("Authorization", "Bearer " + standIn.key())
            .method(
                method,
                json == null ? null : RequestBody.create(json, MediaType.get("application/json")))
            .build();
    try (Response response = new OkHttpClient().newCall(request).execute()) {
      return response.body().string();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Method and path of the requests so far. */
  List<String> lines() {
    return standIn.requests().stream().map(Recorded::line).toList();
  }

  /** JSON that must be there. */
  static JsonNode parsed(String text) {
    return Objects.requireNonNull(Json.parse(text), text);
  }

  /** The launch file of a dataset. */
  static String launchFile(Path dataset) {
    try {
      return Files.readString(dataset.resolve("launch.json"));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @AfterEach
  void theKeyStandsNowhereAndEveryFaultHasStruck() throws IOException {
    standIn.close();
    for (Ended end : ended) {
      assertThat(end.out(), not(containsString(standIn.key())));
      assertThat(end.err(), not(containsString(standIn.key())));
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(
            file.toString(),
            Files.readString(file, StandardCharsets.ISO_8859_1),
            not(containsString(standIn.key())));
      }
    }
    assertThat(standIn.unusedFaults(), empty());
  }
}
