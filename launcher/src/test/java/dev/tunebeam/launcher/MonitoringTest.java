package dev.tunebeam.launcher;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tunebeam.dataset.monitoring.LineageSchema;
import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.launcher.http.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What schedulers and catalogues are told of the commands around a training job. */
class MonitoringTest extends StandInTest {

  private Path lineage = Path.of("");

  @BeforeEach
  void watch() {
    lineage = folder.resolve("lineage.jsonl");
    variables.put("OPENLINEAGE_URL", lineage.toUri().toString());
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
    return Files.readAllLines(lineage).stream().map(Json::parse).toList();
  }

  private List<String> types() throws IOException {
    return events().stream().map(event -> event.get("eventType").asText()).toList();
  }

  @Test
  void aLaunchReadsTheDatasetAndWritesTheModel() throws IOException {
    Path dataset = dataset();
    launch(dataset).with(ExitCode.SUCCEEDED);
    assertThat(types(), is(List.of("START", "COMPLETE")));
    JsonNode complete = events().get(1);
    assertThat(complete.at("/job/name").asText(), is("tunebeam.launch"));
    assertThat(complete.at("/inputs/0/name").asText(), is(dataset.toString()));
    assertThat(complete.at("/outputs/0/namespace").asText(), is("openai"));
    assertThat(
        complete.at("/outputs/0/name").asText(), is("ft:gpt-4o-mini-2024-07-18:stand-in::abc123"));
  }

  @Test
  void aRefusalIsToldAndADryRunIsNot() throws IOException {
    Path dataset = dataset();
    launch(dataset, "--dryRun").with(ExitCode.SUCCEEDED);
    assertThat(Files.exists(lineage), is(false));
    launch(dataset, "--budget=0.01").with(ExitCode.OVER_BUDGET);
    assertThat(types(), is(List.of("START", "FAIL")));
    assertThat(
        events().get(1).at("/run/facets/errorMessage/message").asText(),
        containsString("more than the budget of $0.01"));
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no SIGTERM")
  void aProcessThatIsStoppedTellsIt() throws Exception {
    Path dataset = dataset();
    launch(dataset, "--detach").with(ExitCode.SUCCEEDED);
    Files.delete(lineage);
    CompletableFuture<Process> started = new CompletableFuture<>();
    standIn.beforeAnswer(standIn.requests().size() + 1, () -> started.join().toHandle().destroy());
    Process process =
        process(folder.resolve("said.txt"), "follow", dataset.toString(), "--poll=1m");
    started.complete(process);
    assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    assertThat(types(), is(List.of("START", "ABORT")));
    assertThat(
        events().get(1).at("/run/facets/errorMessage/message").asText(),
        is("the process was stopped"));
  }
}
