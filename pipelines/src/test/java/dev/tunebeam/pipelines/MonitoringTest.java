package dev.tunebeam.pipelines;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tunebeam.dataset.monitoring.LineageSchema;
import dev.tunebeam.dataset.terminal.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What schedulers and catalogues are told of prepare. */
class MonitoringTest {

  private final ObjectMapper json = new ObjectMapper();
  private final Workbench bench;
  private final Path lineage;
  private final String input;

  MonitoringTest(@TempDir Path folder) throws IOException {
    bench = new Workbench(folder);
    lineage = folder.resolve("lineage.jsonl");
    input =
        "--input="
            + bench.write(
                "in.jsonl",
                "{\"prompt\":\"a\",\"completion\":\"x\"}",
                "{\"prompt\":\"a\",\"completion\":\"x\"}",
                "{\"prompt\":\"b\",\"completion\":\"y\"}");
  }

  @BeforeEach
  void watch() {
    bench.set("OPENLINEAGE_URL", lineage.toUri().toString());
    bench.set("TUNEBEAM_METRICS", bench.path("").toString());
  }

  @AfterEach
  void allEventsAreAsTheirSchemasSay() throws IOException {
    if (Files.exists(lineage)) {
      for (String line : Files.readAllLines(lineage)) {
        assertThat(line, LineageSchema.complaints(line), empty());
      }
    }
  }

  private List<JsonNode> events() throws IOException {
    List<JsonNode> events = new ArrayList<>();
    for (String line : Files.readAllLines(lineage)) {
      events.add(json.readTree(line));
    }
    return events;
  }

  private List<String> types() throws IOException {
    return events().stream().map(event -> event.get("eventType").asText()).toList();
  }

  @Test
  void aDatasetIsToldWithItsInputItsDigestAndItsFigures() throws IOException {
    assertThat(bench.prepare(input).code(), equalTo(ExitCode.SUCCEEDED));
    assertThat(types(), equalTo(List.of("START", "COMPLETE")));
    JsonNode complete = events().get(1);
    assertThat(complete.at("/inputs/0/name").asText(), equalTo(bench.path("in.jsonl").toString()));
    assertThat(
        complete.at("/inputs/0/inputFacets/dataQualityMetrics/rowCount").asInt(), equalTo(3));
    JsonNode manifest = json.readTree(bench.path("out/manifest.json").toFile());
    assertThat(
        complete.at("/outputs/0/facets/version/datasetVersion"), equalTo(manifest.get("digest")));
    assertThat(
        Files.readString(bench.path("tunebeam-prepare.prom")),
        containsString(
            "tunebeam_examples{pipeline=\"tunebeam\",command=\"prepare\",kind=\"duplicate\"} 1\n"));
  }

  @Test
  void aFailureBeforeTheJobIsToldWithItsMessage() throws IOException {
    assertThat(bench.prepare("--sepparator=x").code(), equalTo(ExitCode.WRONG_USE));
    assertThat(types(), equalTo(List.of("START", "FAIL")));
    assertThat(
        events().get(1).at("/run/facets/errorMessage/message").asText(),
        containsString("--sepparator"));
  }

  @Test
  void aDryRunAndAnInspectionAreNoRuns() {
    bench.prepare(input, "--dryRun");
    bench.inspect(input);
    assertThat(Files.exists(lineage), equalTo(false));
  }

  @Test
  void aReceiverThatIsNotThereDoesNotFailTheJob() {
    bench.set("OPENLINEAGE_URL", "http://127.0.0.1:1");
    Workbench.Finished finished = bench.prepare(input);
    assertThat(finished.code(), equalTo(ExitCode.SUCCEEDED));
    assertThat(
        finished.err(), containsString("tunebeam: warning: lineage at 127.0.0.1: not delivered ("));
  }
}
