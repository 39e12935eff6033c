package dev.tunebeam.pipelines;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.pipelines.Workbench.Finished;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The same input gives the same folder, byte for byte, whatever runs the job. The DirectRunner also
 * checks that no function changes its input and that coders are right.
 */
class RunnersAgreeTest {

  private static final int ROWS = 600;

  private final Workbench bench;

  RunnersAgreeTest(@TempDir Path folder) {
    bench = new Workbench(folder);
  }

  @Test
  void aMixedCorpusGivesTheSameBytesOnEveryRunner() throws IOException {
    writeCorpus();
    SortedMap<String, String> direct = run("direct", "--runner=DirectRunner");
    SortedMap<String, String> local = run("local", "--runner=LocalRunner");
    SortedMap<String, String> spilled = run("spilled", "--localBufferBytes=10000");
    SortedMap<String, String> oneWorker = run("one-worker", "--localWorkers=1");
    SortedMap<String, String> spark =
        run("spark", "--runner=SparkRunner", "--sparkMaster=local[2]");
    SortedMap<String, String> uncached =
        run("uncached", "--runner=SparkRunner", "--sparkMaster=local[2]", "--cacheDisabled=true");

    isTheWholeCorpus(bench.manifest("direct"), direct);
    assertThat(local, equalTo(direct));
    assertThat(spilled, equalTo(direct));
    assertThat(oneWorker, equalTo(direct));
    assertThat(spark, equalTo(direct));
    assertThat(uncached, equalTo(direct));
  }

  /** Near copies meet in other shuffles, and units move from one shard to another. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "--nearAction=drop",
        "--nearAction=keep-together",
        "--nearAction=report --nearBy=prompt --decontaminate={sets}",
        "--nearAction=keep-together --group={{customer}}"
      })
  void nearCopiesAndGroupsGiveTheSameBytesOnEveryRunner(String flags) throws IOException {
    writeNearCopies();
    SortedMap<String, String> local = runNear("local", flags);
    assertThat(runNear("direct", flags + " --runner=DirectRunner"), equalTo(local));
    assertThat(
        runNear("spilled", flags + " --localBufferBytes=10000 --localWorkers=1"), equalTo(local));
    assertThat(
        runNear(
            "spark", flags + " --runner=SparkRunner --sparkMaster=local[2] --cacheDisabled=true"),
        equalTo(local));
    assertThat(bench.manifest("local").get("near").get("pairs").asInt(), greaterThan(100));
    assertThat(local.keySet().stream().filter(f -> f.startsWith("train")).count(), greaterThan(3L));
  }

  private SortedMap<String, String> runNear(String output, String flags) throws IOException {
    return run(output, flags.replace("{sets}", bench.path("sets").toString()).split(" ", 0));
  }

  /** Near copies, floods of one template and of equal rows, customers that share questions. */
  private void writeNearCopies() throws IOException {
    bench.write(
        "recipe.yaml",
        "input: [near/*.jsonl]",
        "map: {prompt: '{{question}}', completion: '{{answer}}', class: '{{queue}}'}",
        "validation: 0.2",
        "shardBytes: 20000",
        "seed: 7");
    NearRows rows = new NearRows(11);
    List<List<String>> files = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    String template = rows.text(40);
    for (int i = 0; i < 150; i++) {
      String question = rows.text(30);
      String queue = "queue " + i % 4;
      files.get(i % 3).add(near(question, queue, i));
      for (int copy = 0; copy < i % 4; copy++) {
        files.get((i + copy) % 3).add(near(rows.nearCopy(question), queue, i));
      }
      files.get(i % 3).add(near(template.replace(' ', i < 50 ? ' ' : '\t'), "queue 1", i));
      files.get(i % 3).add(near(template + " " + rows.text(3), "queue 2", i));
    }
    bench.write("sets/benchmark.jsonl", NearRows.row("question", template));
    for (int i = 0; i < 3; i++) {
      bench.write("near/" + i + ".jsonl", files.get(i).toArray(String[]::new));
    }
  }

  private static String near(String question, String queue, int i) {
    return NearRows.row(
        "question", question, "answer", "ok", "queue", queue, "customer", "c" + i % 37);
  }

  /** Their results on the LocalRunner are in the repository. */
  @ParameterizedTest
  @MethodSource("examples")
  void everyExampleGivesTheSameBytesOnEveryRunner(Path recipe) throws IOException {
    SortedMap<String, String> local = run(recipe, "local");
    assertThat(run(recipe, "direct", "--runner=DirectRunner"), equalTo(local));
    assertThat(
        run(recipe, "spark", "--runner=SparkRunner", "--sparkMaster=local[2]"), equalTo(local));
  }

  static List<Path> examples() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("../testdata"), 2)) {
      return files
          .filter(file -> file.getFileName().toString().matches("recipe(-[a-z]+)?\\.yaml"))
          .sorted()
          .toList();
    }
  }

  private SortedMap<String, String> run(String output, String... runner) throws IOException {
    return run(bench.path("recipe.yaml"), output, runner);
  }

  private SortedMap<String, String> run(Path recipe, String output, String... runner)
      throws IOException {
    List<String> flags = new ArrayList<>(List.of(runner));
    flags.add("--recipe=" + recipe);
    flags.add("--output=" + bench.path(output));
    Finished finished = bench.prepare(flags.toArray(String[]::new));
    assertThat(finished.err(), finished.code(), equalTo(ExitCode.SUCCEEDED));
    return bench.files(output);
  }

  /** That the corpus has everything that could go another way on another runner. */
  private static void isTheWholeCorpus(JsonNode manifest, SortedMap<String, String> files) {
    assertThat(
        manifest.get("rows").toString(),
        equalTo(
            "{\"read\":2410,\"filtered\":0,\"rejected\":{\"total\":6,\"byReason\":{\"blank_completion\":1,"
                + "\"malformed_json\":1,\"missing_field\":1,\"not_an_object\":1,\"ragged_row\":2}},"
                + "\"duplicates\":601,\"sampledOut\":0,\"train\":1442,\"validation\":361}"));
    assertThat(manifest.get("conflicts").asInt(), equalTo(1));
    assertThat(manifest.get("cleaned").asInt(), equalTo(1));
    assertThat(manifest.get("classes").size(), equalTo(7));
    assertThat(manifest.get("shards").size(), greaterThan(10));
    for (String kind : List.of("train", "validation", "rejected", "conflicts")) {
      assertThat(
          kind, files.keySet().stream().filter(f -> f.startsWith(kind)).count(), greaterThan(0L));
    }
  }

  /** Several files and formats with equal rows, conflicts, bad rows and seven classes. */
  private void writeCorpus() throws IOException {
    bench.write(
        "recipe.yaml",
        "input: [data/*.*]",
        "map:",
        "  prompt: \"{{question}}\"",
        "  completion: \"{{answer}}\"",
        "  class: \"{{queue}}\"",
        "format: completion",
        "validation: 0.2",
        "shardBytes: 20000",
        "maxRejected: 0.1",
        "seed: 7");
    bench.write("data/a.csv", csv(','));
    bench.write("data/b.jsonl", jsonl());
    bench.write("data/c.jsonl.gz", gzip(String.join("\n", good(ROWS / 2))));
    bench.write("data/d.json", ("[" + String.join(",\n", good(2 * ROWS)) + "]").getBytes(UTF_8));
    bench.write("data/e.tsv", ("\uFEFF" + String.join("\n", csv('\t'))).getBytes(UTF_16LE));
  }

  private static String[] csv(char delimiter) {
    List<String> lines = new ArrayList<>(List.of("Question,Answer,Queue"));
    IntStream.range(0, ROWS / 2)
        .forEach(
            i ->
                lines.add(
                    String.format(Locale.ROOT, "question %d,answer %d,queue %d", i, i, i % 7)));
    lines.add(100, "a row that is ragged");
    lines.add(200, "\"a question\nof two lines\",  answer ,queue 1");
    return lines.stream().map(line -> line.replace(',', delimiter)).toArray(String[]::new);
  }

  private static String[] jsonl() {
    List<String> lines = new ArrayList<>(good(ROWS));
    lines.add(10, "{\"question\":");
    lines.add(20, "[1]");
    lines.add(30, row("question 3", "another answer", 3));
    lines.add(40, row("question 4", "", 4));
    lines.add(50, "{\"question\":\"question 5\"}");
    lines.add(60, row("a question\\n\\n###\\n\\nwith the separator", "an END in it", 6));
    return lines.toArray(String[]::new);
  }

  private static List<String> good(int from) {
    return IntStream.range(from, from + ROWS)
        .mapToObj(i -> row("question " + i, "answer " + i, i % 7))
        .toList();
  }

  private static String row(String question, String answer, int queue) {
    return String.format(
        Locale.ROOT,
        "{\"question\":\"%s\",\"answer\":\"%s\",\"queue\":\"queue %d\"}",
        question,
        answer,
        queue);
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (Writer out = new OutputStreamWriter(new GZIPOutputStream(bytes), UTF_8)) {
      out.write(text);
    }
    return bytes.toByteArray();
  }
}
