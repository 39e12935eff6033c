package dev.tunebeam.dataset.monitoring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.anEmptyMap;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasEntry;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.tunebeam.dataset.Manifest;
import dev.tunebeam.dataset.ManifestExample;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunMonitorTest {

  private static final String RUN = "0191b4e2-9b7a-7d0f-8a55-1f1f2e2d3c4b";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Clock clock = Clock.fixed(Instant.parse("2026-11-21T02:00:00Z"), ZoneOffset.UTC);
  private final Map<String, String> variables = new HashMap<>();
  private final List<String> warnings = new ArrayList<>();
  private final List<Received> received = new ArrayList<>();
  private int status = 200;

  private final HttpServer server;

  @TempDir private Path folder = Path.of("");

  private record Received(
      String method, String path, @Nullable String authorization, String body) {}

  RunMonitorTest() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::receive);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void receive(HttpExchange exchange) throws IOException {
    received.add(
        new Received(
            exchange.getRequestMethod(),
            exchange.getRequestURI().toString(),
            exchange.getRequestHeaders().getFirst("Authorization"),
            new String(exchange.getRequestBody().readAllBytes(), UTF_8)));
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }

  private String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private RunMonitor begin() {
    return RunMonitor.begin("prepare", "1.2.3", variables, clock, warnings::add);
  }

  private void succeed() {
    RunMonitor monitor = begin();
    monitor.reads(List.of("/corpus/*.csv"));
    monitor.writes(ManifestExample.manifest(), "/data/out", List.of("/corpus/*.csv"));
    monitor.end(0, null);
  }

  private void fail(String error) {
    RunMonitor monitor = begin();
    monitor.end(3, error);
  }

  @Test
  void withoutSettingsNothingIsSentAndNothingIsInherited() {
    succeed();
    assertThat(received, empty());
    assertThat(warnings, empty());
    assertThat(begin().variablesOfChild(), anEmptyMap());
  }

  @Test
  void aRunIsTwoEventsWithItsParentsItsDatasetsAndTheirFigures() throws IOException {
    variables.put("OPENLINEAGE_URL", address() + "/");
    variables.put("OPENLINEAGE_API_KEY", "secret");
    variables.put("OPENLINEAGE_NAMESPACE", "nightly");
    variables.put("OPENLINEAGE_PARENT_ID", "airflow/etl.train/" + RUN);
    variables.put("OPENLINEAGE_ROOT_PARENT_ID", "airflow/etl/" + RUN);
    variables.put("TUNEBEAM_PIPELINE", "tickets");
    succeed();
    assertThat(warnings, empty());
    assertThat(
        received.stream()
            .map(event -> "%s %s %s".formatted(event.method, event.path, event.authorization))
            .distinct()
            .toList(),
        equalTo(List.of("POST /api/v1/lineage Bearer secret")));
    assertThat(received, hasSize(2));
    JsonNode start = event(received.get(0).body);
    JsonNode complete = event(received.get(1).body);
    assertThat(start.get("eventType").asText(), equalTo("START"));
    assertThat(complete.get("eventType").asText(), equalTo("COMPLETE"));
    assertThat(complete.at("/run/runId"), equalTo(start.at("/run/runId")));
    assertThat(complete.at("/job/namespace").asText(), equalTo("nightly"));
    assertThat(complete.at("/job/name").asText(), equalTo("tickets.prepare"));
    JsonNode parent = complete.at("/run/facets/parent");
    assertThat(parent.at("/job/name").asText(), equalTo("etl.train"));
    assertThat(parent.at("/root/job/name").asText(), equalTo("etl"));
    JsonNode input = complete.at("/inputs/0");
    assertThat(input.at("/namespace").asText(), equalTo("file"));
    assertThat(input.at("/name").asText(), equalTo("/corpus"));
    assertThat(input.at("/inputFacets/dataQualityMetrics/rowCount").asInt(), equalTo(12));
    JsonNode output = complete.at("/outputs/0");
    assertThat(output.at("/name").asText(), equalTo("/data/out"));
    assertThat(
        output.at("/facets/version/datasetVersion").asText(),
        equalTo(ManifestExample.manifest().digest()));
    assertThat(
        output.at("/facets/schema/fields/0/type").asText(),
        equalTo("array<struct<role:string,content:string>>"));
    assertThat(output.at("/outputFacets/outputStatistics/size").asInt(), equalTo(1200));
    assertThat(
        output.at("/facets/dataQualityMetrics/columnMetrics/tokens/quantiles"),
        equalTo(JSON.createObjectNode().put("0.5", 200).put("0.95", 290)));
  }

  /** An event that its schemas allow. */
  private static JsonNode event(String line) throws IOException {
    assertThat(line, LineageSchema.complaints(line), empty());
    return JSON.readTree(line);
  }

  @Test
  void aFailureIsAnEventWithTheMessageInAFileOfLines() throws IOException {
    Path file = folder.resolve("lineage.jsonl");
    variables.put("OPENLINEAGE_URL", file.toUri().toString());
    fail("5.0 % of the rows were rejected");
    fail("x".repeat(2_000));
    List<String> lines = Files.readAllLines(file);
    assertThat(lines, hasSize(4));
    JsonNode failed = event(lines.get(1));
    assertThat(failed.get("eventType").asText(), equalTo("FAIL"));
    assertThat(
        failed.at("/run/facets/errorMessage/message").asText(),
        equalTo("5.0 % of the rows were rejected"));
    assertThat(
        event(lines.get(3)).at("/run/facets/errorMessage/message").asText(),
        equalTo("x".repeat(1_000) + "…"));
  }

  @Test
  void whatGatesMeasuredIsATestEach() throws IOException {
    Path file = folder.resolve("lineage.jsonl");
    variables.put("OPENLINEAGE_URL", file.toUri().toString());
    RunMonitor monitor = begin();
    monitor.gates(
        List.of(
            new Manifest.Gate(
                "maxDuplicates", new BigDecimal("0.333333"), new BigDecimal("0.1"), false, null),
            new Manifest.Gate(
                "maxNewClasses", null, BigDecimal.ZERO, true, "no previous dataset")));
    monitor.end(8, "1 gate failed");
    List<String> tests = new ArrayList<>();
    for (JsonNode test : event(Files.readAllLines(file).get(1)).at("/run/facets/test/tests")) {
      tests.add(
          "%s %s %s %s"
              .formatted(
                  test.path("name").asText(),
                  test.path("status").asText(),
                  test.path("expected").asText(),
                  test.path("actual").asText("none")));
    }
    assertThat(
        tests, equalTo(List.of("maxDuplicates fail 0.1 0.333333", "maxNewClasses pass 0 none")));
  }

  @Test
  void nothingNewIsNoFailure() throws IOException {
    Path file = folder.resolve("lineage.jsonl");
    variables.put("OPENLINEAGE_URL", file.toUri().toString());
    begin().end(7, "nothing new");
    assertThat(
        event(Files.readAllLines(file).get(1)).get("eventType").asText(), equalTo("COMPLETE"));
  }

  @Test
  void theRunOfACommandThatThisOneStartsIsItsChildAndDoesNotChat() throws IOException {
    variables.put("OPENLINEAGE_URL", address());
    variables.put("TUNEBEAM_WEBHOOK", address() + "/hook");
    variables.put(
        "OPENLINEAGE_CONTEXT",
        """
        {"parent": {"run": {"runId": "%s"}, "job": {"namespace": "airflow", "name": "etl/train"}},
         "root": {"run": {"runId": "%s"}, "job": {"namespace": "airflow", "name": "etl"}}}
        """
            .formatted(RUN, RUN));
    Map<String, String> child = begin().variablesOfChild();
    assertThat(child, hasEntry("TUNEBEAM_WEBHOOK", ""));
    assertThat(child, hasEntry("OPENLINEAGE_CONTEXT", ""));
    assertThat(child, hasEntry("OPENLINEAGE_ROOT_PARENT_ID", "airflow/etl/" + RUN));
    assertThat(
        requireNonNull(child.get("OPENLINEAGE_PARENT_ID")).replaceFirst("[0-9a-f-]{36}$", "ID"),
        equalTo("default/tunebeam.prepare/ID"));
    variables.putAll(child);
    RunMonitor prepare = begin();
    prepare.end(0, null);
    assertThat(warnings, empty());
    for (Received sent : received) {
      event(sent.body);
    }
    assertThat(
        received.stream().map(Received::path).distinct().toList(),
        equalTo(List.of("/api/v1/lineage")));
  }

  @Test
  void aSuccessReplacesTheMetricsOfThePushGatewayAndAFailureKeepsTheOthers() {
    variables.put("TUNEBEAM_METRICS", address());
    variables.put("TUNEBEAM_PIPELINE", "tickets/a b");
    succeed();
    fail("no rows");
    String path = "/metrics/job/tunebeam/pipeline/tickets-a-b/command/prepare";
    String labels = "{pipeline=\"tickets-a-b\",command=\"prepare\"";
    assertThat(
        received.stream().map(request -> request.method + " " + request.path).toList(),
        equalTo(List.of("PUT " + path, "POST " + path)));
    assertThat(
        received.get(0).body.lines().filter(line -> !line.startsWith("#")).toList(),
        equalTo(
            """
            tunebeam_billed_tokens} 19200
            tunebeam_conflicts} 1
            tunebeam_examples,kind="read"} 12
            tunebeam_examples,kind="train"} 6
            tunebeam_examples,kind="validation"} 2
            tunebeam_examples,kind="rejected"} 3
            tunebeam_examples,kind="duplicate"} 1
            tunebeam_examples,kind="filtered"} 0
            tunebeam_examples,kind="sampled_out"} 0
            tunebeam_examples,kind="unchanged"} 0
            tunebeam_examples,kind="near_copy"} 0
            tunebeam_examples,kind="contaminated"} 0
            tunebeam_examples,kind="both_sides"} 0
            tunebeam_price_usd} 0.08612
            tunebeam_run_duration_seconds} 0
            tunebeam_run_end_timestamp_seconds} 1795226400
            tunebeam_run_exit_code} 0
            tunebeam_success_timestamp_seconds} 1795226400
            tunebeam_tokens,split="train"} 1200
            tunebeam_tokens,split="validation"} 400
            """
                .lines()
                .map(line -> line.replaceFirst("(?=[,}])", labels.replace("$", "\\$")))
                .toList()));
    assertThat(
        received.get(1).body,
        equalTo(
            """
            # HELP tunebeam_run_duration_seconds Time that the last run took.
            # TYPE tunebeam_run_duration_seconds gauge
            tunebeam_run_duration_seconds} 0
            # HELP tunebeam_run_end_timestamp_seconds When the last run ended.
            # TYPE tunebeam_run_end_timestamp_seconds gauge
            tunebeam_run_end_timestamp_seconds} 1795226400
            # HELP tunebeam_run_exit_code Exit code of the last run.
            # TYPE tunebeam_run_exit_code gauge
            tunebeam_run_exit_code} 3
            """
                .replace("}", labels + "}")));
  }

  @Test
  void aFileForTheTextfileCollectorKeepsTheFiguresOfTheLastSuccessOverAFailure()
      throws IOException {
    variables.put("TUNEBEAM_METRICS", folder.toString());
    succeed();
    Path file = folder.resolve("tunebeam-prepare.prom");
    List<String> success = Files.readAllLines(file);
    fail("no rows");
    List<String> failure = Files.readAllLines(file);
    assertThat(failure.stream().sorted().toList().size(), equalTo(success.size()));
    assertThat(
        failure.stream().filter(line -> !success.contains(line)).toList(),
        equalTo(List.of("tunebeam_run_exit_code{pipeline=\"tunebeam\",command=\"prepare\"} 3")));
    succeed();
    assertThat(Files.readAllLines(file), equalTo(success));
    assertThat(requireNonNull(folder.toFile().list()).length, equalTo(1));
  }

  @Test
  void theChatIsToldHowItEndedInOneText() throws IOException {
    variables.put("TUNEBEAM_WEBHOOK", address() + "/hook/T0/B0/secret");
    succeed();
    fail("<!channel> & more");
    assertThat(
        JSON.readTree(received.get(0).body),
        equalTo(
            JSON.createObjectNode()
                .put(
                    "text",
                    """
                    tunebeam: prepare succeeded in 0.0 s
                    6 training and 2 validation examples, 3 rejected, about $0.09 at openai/gpt-4o-mini-2024-07-18
                    digest %s\
                    """
                        .formatted(ManifestExample.manifest().digest()))));
    assertThat(
        JSON.readTree(received.get(1).body).get("text").asText(),
        equalTo("tunebeam: prepare failed with exit code 3\n&lt;!channel&gt; &amp; more"));
  }

  @Test
  void aReceiverThatRefusesOrIsNotThereIsSaidOnceWithoutItsAddress() {
    status = 500;
    variables.put("OPENLINEAGE_URL", address());
    variables.put("TUNEBEAM_WEBHOOK", "http://127.0.0.1:1/hook/T0/B0/secret");
    variables.put("TUNEBEAM_METRICS", folder.resolve("missing").toString());
    succeed();
    assertThat(warnings, hasSize(3));
    assertThat(
        warnings.get(0),
        equalTo(
            "lineage at 127.0.0.1: not delivered (it answered with status 500); the job is not affected"));
    assertThat(warnings.get(1), containsString("metrics in "));
    assertThat(warnings.get(2), containsString("webhook at 127.0.0.1: not delivered ("));
    assertThat(String.join("\n", warnings), not(containsString("secret")));
  }

  @Test
  void settingsThatAreInvalidAreSaidAndLeftOutWithoutTheirText() {
    variables.put("OPENLINEAGE_URL", "localhost:5000");
    variables.put("OPENLINEAGE_PARENT_ID", "airflow/etl/42");
    variables.put("OPENLINEAGE_CONTEXT", "{");
    variables.put("TUNEBEAM_WEBHOOK", "https://se cret");
    variables.put("TUNEBEAM_METRICS", "http://");
    succeed();
    assertThat(
        warnings.stream().map(warning -> warning.replaceFirst(",.*| is.*", "")).toList(),
        equalTo(
            List.of(
                "OPENLINEAGE_URL",
                "OPENLINEAGE_PARENT_ID",
                "OPENLINEAGE_CONTEXT",
                "TUNEBEAM_METRICS",
                "TUNEBEAM_WEBHOOK")));
    assertThat(String.join("\n", warnings), not(containsString("cret")));
  }

  @Test
  void lineageCanBeSwitchedOff() {
    variables.put("OPENLINEAGE_URL", address());
    variables.put("OPENLINEAGE_DISABLED", "true");
    succeed();
    assertThat(received, empty());
  }

  @Test
  void scoresAreGaugesAndALineInTheChat() throws IOException {
    variables.put("TUNEBEAM_METRICS", address());
    variables.put("TUNEBEAM_WEBHOOK", address() + "/hook");
    RunMonitor monitor = begin();
    monitor.scored("ft:m", new TreeMap<>(Map.of("accuracy", 0.875, "macroF1", 2.0 / 3)));
    monitor.end(0, null);
    assertThat(
        received.get(0).body,
        containsString(
            """
            # HELP tunebeam_score Score of the model on the validation split.
            # TYPE tunebeam_score gauge
            tunebeam_score{pipeline="tunebeam",command="prepare",score="accuracy"} 0.8750
            tunebeam_score{pipeline="tunebeam",command="prepare",score="macroF1"} 0.6667
            """));
    assertThat(
        JSON.readTree(received.get(1).body).get("text").asText(),
        equalTo("tunebeam: prepare succeeded in 0.0 s\nft:m, accuracy 0.8750, macroF1 0.6667"));
  }
}
