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

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.tunebeam.dataset.Manifest;
import dev.tunebeam.dataset.ManifestExample;
import io.openlineage.client.OpenLineage;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
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

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
          .defaultPropertyInclusion(
              com.fasterxml.jackson.annotation.JsonInclude.Value.construct(
                  com.fasterxml.jackson.annotation.JsonInclude.Include.NON_NULL,
                  com.fasterxml.jackson.annotation.JsonInclude.Include.ALWAYS))
          .build();

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
  void aRunIsTwoEventsThatOpenLineagesOwnClassesReadWhole() throws IOException {
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
    OpenLineage.RunEvent start = event(received.get(0).body);
    OpenLineage.RunEvent complete = event(received.get(1).body);
    assertThat(start.getEventType(), equalTo(OpenLineage.RunEvent.EventType.START));
    assertThat(complete.getEventType(), equalTo(OpenLineage.RunEvent.EventType.COMPLETE));
    assertThat(complete.getRun().getRunId(), equalTo(start.getRun().getRunId()));
    assertThat(complete.getJob().getNamespace(), equalTo("nightly"));
    assertThat(complete.getJob().getName(), equalTo("tickets.prepare"));
    OpenLineage.ParentRunFacet parent = complete.getRun().getFacets().getParent();
    assertThat(parent.getJob().getName(), equalTo("etl.train"));
    assertThat(parent.getRoot().getJob().getName(), equalTo("etl"));
    OpenLineage.InputDataset input = complete.getInputs().get(0);
    assertThat(input.getNamespace() + " " + input.getName(), equalTo("file /corpus"));
    assertThat(input.getInputFacets().getDataQualityMetrics().getRowCount(), equalTo(12L));
    OpenLineage.OutputDataset output = complete.getOutputs().get(0);
    assertThat(output.getName(), equalTo("/data/out"));
    assertThat(
        output.getFacets().getVersion().getDatasetVersion(),
        equalTo(ManifestExample.manifest().digest()));
    assertThat(
        output.getFacets().getSchema().getFields().get(0).getType(),
        equalTo("array<struct<role:string,content:string>>"));
    assertThat(output.getOutputFacets().getOutputStatistics().getSize(), equalTo(1200L));
    OpenLineage.DataQualityMetricsDatasetFacetColumnMetricsAdditional tokens =
        requireNonNull(
            output
                .getFacets()
                .getDataQualityMetrics()
                .getColumnMetrics()
                .getAdditionalProperties()
                .get("tokens"));
    assertThat(
        tokens.getQuantiles().getAdditionalProperties(),
        equalTo(Map.of("0.5", 200.0, "0.95", 290.0)));
  }

  /** Read by the official classes; nothing may be unknown to them. */
  private static OpenLineage.RunEvent event(String line) throws IOException {
    JsonNode written = JSON.readTree(line);
    OpenLineage.RunEvent event = JSON.treeToValue(written, OpenLineage.RunEvent.class);
    if (event.getRun().getFacets() != null) {
      assertThat(event.getRun().getFacets().getAdditionalProperties(), anEmptyMap());
    }
    assertThat(event.getJob().getFacets().getAdditionalProperties(), anEmptyMap());
    for (OpenLineage.OutputDataset output : event.getOutputs()) {
      assertThat(output.getFacets().getAdditionalProperties(), anEmptyMap());
      assertThat(
          output.getFacets().getDataQualityMetrics().getAdditionalProperties(), anEmptyMap());
      assertThat(
          output.getOutputFacets().getOutputStatistics().getAdditionalProperties(), anEmptyMap());
    }
    assertThat(written.get("schemaURL").asText(), equalTo(event.getSchemaURL().toString()));
    written
        .findParents("_schemaURL")
        .forEach(facet -> assertThat(facet.get("_schemaURL").asText(), equalTo(official(facet))));
    return event;
  }

  /** The address of the schema in the official class of that name. */
  private static String official(JsonNode facet) {
    String url = facet.get("_schemaURL").asText();
    String name = url.substring(url.lastIndexOf('/') + 1);
    try {
      OpenLineage official = new OpenLineage(URI.create("urn:test"));
      Object builder = OpenLineage.class.getMethod("new" + name + "Builder").invoke(official);
      Object built = builder.getClass().getMethod("build").invoke(builder);
      return String.valueOf(built.getClass().getMethod("get_schemaURL").invoke(built));
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(name, e);
    }
  }

  @Test
  void aFailureIsAnEventWithTheMessageInAFileOfLines() throws IOException {
    Path file = folder.resolve("lineage.jsonl");
    variables.put("OPENLINEAGE_URL", file.toUri().toString());
    fail("5.0 % of the rows were rejected");
    fail("x".repeat(2_000));
    List<String> lines = Files.readAllLines(file);
    assertThat(lines, hasSize(4));
    OpenLineage.RunEvent failed = event(lines.get(1));
    assertThat(failed.getEventType(), equalTo(OpenLineage.RunEvent.EventType.FAIL));
    assertThat(
        failed.getRun().getFacets().getErrorMessage().getMessage(),
        equalTo("5.0 % of the rows were rejected"));
    assertThat(
        event(lines.get(3)).getRun().getFacets().getErrorMessage().getMessage(),
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
    OpenLineage.RunEvent failed = event(Files.readAllLines(file).get(1));
    assertThat(
        failed.getRun().getFacets().getTest().getTests().stream()
            .map(
                test ->
                    "%s %s %s %s"
                        .formatted(
                            test.getName(), test.getStatus(), test.getExpected(), test.getActual()))
            .toList(),
        equalTo(List.of("maxDuplicates fail 0.1 0.333333", "maxNewClasses pass 0 null")));
  }

  @Test
  void nothingNewIsNoFailure() throws IOException {
    Path file = folder.resolve("lineage.jsonl");
    variables.put("OPENLINEAGE_URL", file.toUri().toString());
    begin().end(7, "nothing new");
    assertThat(
        event(Files.readAllLines(file).get(1)).getEventType(),
        equalTo(OpenLineage.RunEvent.EventType.COMPLETE));
  }

  @Test
  void theRunOfACommandThatThisOneStartsIsItsChildAndDoesNotChat() {
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
