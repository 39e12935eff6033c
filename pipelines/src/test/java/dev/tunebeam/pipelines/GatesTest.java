package dev.tunebeam.pipelines;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.pipelines.Workbench.Finished;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What must hold for a dataset to be published. */
class GatesTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Workbench bench;

  GatesTest(@TempDir Path folder) {
    bench = new Workbench(folder);
  }

  private static Stream<String> rows(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(
            i ->
                "{\"prompt\":\"question %s\",\"completion\":\"%s\"}"
                    .formatted(i, List.of("billing", "returns", "sales").get(i % 3)));
  }

  private void write(Stream<String> rows) throws IOException {
    bench.write("rows.jsonl", rows.toArray(String[]::new));
  }

  private Finished night(String... flags) {
    List<String> all = new ArrayList<>(Arrays.asList(flags));
    all.add("--input=" + bench.path("rows.jsonl"));
    all.add("--task=classification");
    all.add("--model=gpt-4.1-mini");
    all.add("--quiet");
    return bench.prepare(all.toArray(String[]::new));
  }

  @Test
  void allGatesThatFailAreSaidAndTheDatasetThatWasThereStays() throws IOException {
    write(rows(0, 60));
    night("--gatesMaxDuplicates=0", "--gatesMaxVanishedClasses=0");
    assertThat(
        bench.manifest().get("gates").toString(),
        equalTo(
            "[{\"gate\":\"maxDuplicates\",\"figure\":0,\"threshold\":0,\"passed\":true},"
                + "{\"gate\":\"maxVanishedClasses\",\"threshold\":0,\"passed\":true,"
                + "\"note\":\"no previous dataset\"}]"));
    SortedMap<String, String> before = bench.files("out");

    write(Stream.concat(rows(0, 60).filter(row -> !row.contains("sales")), rows(0, 2)));
    Finished second =
        night(
            "--previous=" + bench.path("out"),
            "--overwrite",
            "--gatesMaxDuplicates=0.04",
            "--gatesMaxVanishedClasses=0",
            "--gatesMaxNewClasses=0");

    assertThat(second.code(), equalTo(ExitCode.GATE_FAILED));
    assertThat(
        second.err(),
        equalTo(
            """
            tunebeam: 2 gates failed; nothing was published
              maxDuplicates: duplicates 4.8 %, at most 4 % allowed; look for a file that is there twice, or rows that were exported twice
              maxVanishedClasses: vanished classes 1 (sales), at most 0 allowed; look for input that is missing, or labels that were renamed
              if the data is as it should be, let it pass this time with --gatesMaxDuplicates=0.047619 --gatesMaxVanishedClasses=1
            """));
    assertThat(bench.files("out"), equalTo(before));
    assertThat(
        second.out().replaceAll(" +", " "),
        containsString(
            """
            Notable changes since the dataset before before now
             vanished classes 1 sales
             class shares 0.19 Jensen-Shannon divergence

            Price"""));
    assertThat(
        second.out(),
        containsString(
            """
            Gates
              maxDuplicates       4.8 %  at most 4 %  failed
              maxNewClasses           0  at most 0    passed
              maxVanishedClasses      1  at most 0    failed  sales
            """));
    assertThat(second.out(), not(containsString("Files\n")));
  }

  @Test
  void withJsonTheResultIsOneDocumentOnStdoutAndTheReportIsOnStderr() throws IOException {
    write(rows(0, 60));
    Finished first = night("--json", "--gatesMinExamples=60");
    JsonNode published = JSON.readTree(first.out());
    assertThat(first.out().lines().count(), equalTo(1L));
    assertThat(first.err(), containsString("Dataset BENCH/out"));
    assertThat(
        fields(published),
        equalTo(
            List.of(
                "folder",
                "dryRun",
                "published",
                "digest",
                "format",
                "rows",
                "prompts",
                "conflicts",
                "since",
                "classes",
                "tokens",
                "lengths",
                "cost",
                "gates",
                "changes",
                "inferred",
                "warnings",
                "version",
                "exitCode")));
    JsonNode manifest = bench.manifest();
    for (String key : List.of("digest", "rows", "classes", "tokens", "lengths", "cost", "gates")) {
      assertThat(key, published.get(key), equalTo(manifest.get(key)));
    }
    assertThat(published.get("folder").asText(), equalTo("BENCH/out"));
    assertThat(published.get("exitCode").asInt(), equalTo(0));

    write(rows(0, 60).filter(row -> !row.contains("sales")));
    Finished second =
        night(
            "--json",
            "--previous=" + bench.path("out"),
            "--overwrite",
            "--gatesMaxVanishedClasses=0");
    JsonNode stopped = JSON.readTree(second.out());
    assertThat(second.code(), equalTo(ExitCode.GATE_FAILED));
    assertThat(stopped.at("/error/exitCode").asInt(), equalTo(8));
    assertThat("tunebeam: " + stopped.at("/error/message").asText() + "\n", equalTo(told(second)));
    assertThat(stopped.get("published").asBoolean(), equalTo(false));
    assertThat(stopped.at("/gates/0/passed").asBoolean(), equalTo(false));
    assertThat(
        stopped.get("changes").toString(),
        equalTo(
            "[{\"measure\":\"vanished classes\",\"now\":1,\"note\":\"sales\"},"
                + "{\"measure\":\"class shares\",\"now\":0.190875,"
                + "\"note\":\"Jensen-Shannon divergence\"}]"));

    Finished wrong = night("--json", "--gatesMaxDuplicates=2");
    assertThat(
        wrong.out(),
        equalTo(
            "{\"error\":{\"exitCode\":2,\"message\":\"--gatesMaxDuplicates must be at least 0 and at"
                + " most 1, not 2\"}}\n"));
  }

  private static List<String> fields(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  /** What was said after the report. */
  private static String told(Finished end) {
    return end.err().substring(end.err().indexOf("tunebeam: "));
  }

  @Test
  void aDryRunChecksTheSameGatesAndWithoutANotableChangeNothingIsSaid() throws IOException {
    write(rows(0, 60));
    night();
    Finished dry =
        night(
            "--dryRun",
            "--previous=" + bench.path("out"),
            "--gatesMinNewPrompts=1",
            "--gatesMaxPrice=9");

    assertThat(dry.code(), equalTo(ExitCode.GATE_FAILED));
    assertThat(dry.sinceTheJob().out(), startsWith("1 gate failed: nothing was published (0.0 s)"));
    assertThat(dry.out(), not(containsString("Notable changes")));
    assertThat(
        dry.err(),
        equalTo(
            """
            tunebeam: 1 gate failed; nothing was published
              minNewPrompts: new prompts 0, at least 1 required; wait for more rows, or check that the newest input is there
              if the data is as it should be, let it pass this time with --gatesMinNewPrompts=0
            """));
  }
}
