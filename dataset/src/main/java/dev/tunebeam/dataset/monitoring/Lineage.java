package dev.tunebeam.dataset.monitoring;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tunebeam.dataset.Manifest;
import dev.tunebeam.dataset.monitoring.MonitorSettings.ParentRun;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Run events of <a href="https://openlineage.io/spec/2-0-2/OpenLineage.json">OpenLineage 2-0-2</a>,
 * each a line of JSON. Each facet names the version of its schema.
 */
final class Lineage {

  private static final int LONGEST_ERROR = 1_000;

  private static final String SPEC = "https://openlineage.io/spec/";

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();

  private final String producer;
  private final MonitorSettings settings;
  private final ParentRun run;

  /**
   * @param run of the command that the events are about
   */
  Lineage(String version, MonitorSettings settings, ParentRun run) {
    this.producer = "urn:tunebeam:" + version;
    this.settings = settings;
    this.run = run;
  }

  /** Sends an event, if there is somebody who wants it. */
  void send(
      Delivery delivery,
      String type,
      Instant time,
      Map<String, Object> facets,
      List<LineageDataset> inputs,
      List<LineageDataset> outputs) {
    URI to = settings.lineage();
    if (to == null) {
      return;
    }
    String line = line(type, time, facets, inputs, outputs);
    if ("file".equals(to.getScheme())) {
      delivery.append("lineage", Path.of(to.getPath()), line);
      return;
    }
    Map<String, String> headers = new HashMap<>(Map.of("Content-Type", "application/json"));
    if (settings.lineageKey() != null) {
      headers.put("Authorization", "Bearer " + settings.lineageKey());
    }
    delivery.send("lineage", "POST", to, headers, line);
  }

  /**
   * What is said of the run.
   *
   * @param error why it failed; null if it did not
   * @param gates what the gates of the recipe measured
   */
  Map<String, Object> facets(@Nullable String error, List<Manifest.Gate> gates) {
    Map<String, Object> facets = new HashMap<>();
    ParentRun parent = settings.parent();
    if (parent != null) {
      Map<String, Object> body = new HashMap<>(named(parent));
      if (settings.root() != null) {
        body.put("root", named(settings.root()));
      }
      facets.put("parent", facet("1-2-0/ParentRunFacet", body));
    }
    if (error != null) {
      String shown =
          error.length() <= LONGEST_ERROR ? error : error.substring(0, LONGEST_ERROR) + "…";
      facets.put(
          "errorMessage",
          facet(
              "1-0-1/ErrorMessageRunFacet",
              Map.of("message", shown, "programmingLanguage", "Java")));
    }
    if (!gates.isEmpty()) {
      List<Map<String, Object>> tests = new ArrayList<>();
      for (Manifest.Gate gate : gates) {
        Map<String, Object> test = new HashMap<>();
        test.put("name", gate.gate());
        test.put("status", gate.passed() ? "pass" : "fail");
        test.put("severity", "error");
        test.put("expected", gate.threshold().toPlainString());
        if (gate.figure() != null) {
          test.put("actual", gate.figure().toPlainString());
        }
        tests.add(test);
      }
      facets.put("test", facet("1-0-1/TestRunFacet", Map.of("tests", tests)));
    }
    return facets;
  }

  private String line(
      String type,
      Instant time,
      Map<String, Object> facets,
      List<LineageDataset> inputs,
      List<LineageDataset> outputs) {
    Map<String, Object> jobFacets =
        Map.of(
            "jobType",
            facet(
                "2-0-4/JobTypeJobFacet",
                Map.of(
                    "processingType", "BATCH", "integration", "TUNEBEAM", "jobType", "COMMAND")));
    Map<String, Object> event = new HashMap<>();
    event.put("eventType", type);
    event.put("eventTime", time.truncatedTo(ChronoUnit.MILLIS).toString());
    event.put("producer", producer);
    event.put("schemaURL", SPEC + "2-0-2/OpenLineage.json#/$defs/RunEvent");
    event.put("run", Map.of("runId", run.run(), "facets", facets));
    event.put("job", Map.of("namespace", run.namespace(), "name", run.job(), "facets", jobFacets));
    event.put("inputs", datasets(inputs, "inputFacets"));
    event.put("outputs", datasets(outputs, "outputFacets"));
    try {
      return JSON.writeValueAsString(event);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an event is maps, lists, texts and numbers", e);
    }
  }

  /** The prepared dataset in a folder. */
  LineageDataset dataset(Manifest manifest, String folder, boolean isOutput) {
    Manifest.PerExample tokens = manifest.tokens().perExample();
    long examples = manifest.rows().train() + manifest.rows().validation();
    long bytes = manifest.shards().stream().mapToLong(Manifest.Shard::bytes).sum();
    Map<String, Object> tokenMetrics =
        Map.of(
            "count", examples,
            "sum", manifest.tokens().train() + manifest.tokens().validation(),
            "min", tokens.min(),
            "max", tokens.max(),
            "quantiles", Map.of("0.5", tokens.p50(), "0.95", tokens.p95()));
    Map<String, Object> facets =
        Map.of(
            "schema",
            facet(
                "1-2-0/SchemaDatasetFacet",
                Map.of("fields", LineageDataset.fields(manifest.format()))),
            "version",
            facet("1-0-1/DatasetVersionDatasetFacet", Map.of("datasetVersion", manifest.digest())),
            "dataQualityMetrics",
            facet(
                "1-0-1/DataQualityMetricsDatasetFacet",
                Map.of(
                    "rowCount",
                    examples,
                    "bytes",
                    bytes,
                    "columnMetrics",
                    Map.of("tokens", tokenMetrics))));
    Map<String, Object> statistics =
        Map.of("rowCount", examples, "size", bytes, "fileCount", manifest.shards().size());
    return LineageDataset.at(
        folder,
        facets,
        isOutput
            ? Map.of(
                "outputStatistics", facet("1-0-2/OutputStatisticsOutputDatasetFacet", statistics))
            : Map.of(
                "inputStatistics", facet("1-0-0/InputStatisticsInputDatasetFacet", statistics)));
  }

  /** Raw files; the rows are told of if all are read from this place. */
  LineageDataset raw(String path, @Nullable Long rows) {
    return LineageDataset.at(
        path,
        Map.of(),
        rows == null
            ? Map.of()
            : Map.of(
                "dataQualityMetrics",
                facet(
                    "1-0-3/DataQualityMetricsInputDatasetFacet",
                    Map.of("rowCount", rows, "columnMetrics", Map.of()))));
  }

  private static Map<String, Object> named(ParentRun parent) {
    return Map.of(
        "run",
        Map.of("runId", parent.run()),
        "job",
        Map.of("namespace", parent.namespace(), "name", parent.job()));
  }

  private static List<Map<String, Object>> datasets(List<LineageDataset> datasets, String role) {
    List<Map<String, Object>> list = new ArrayList<>();
    for (LineageDataset dataset : datasets) {
      list.add(
          Map.of(
              "namespace",
              dataset.namespace(),
              "name",
              dataset.name(),
              "facets",
              dataset.facets(),
              role,
              dataset.roleFacets()));
    }
    return list;
  }

  /** A facet by version and name, {@code 1-0-1/ErrorMessageRunFacet}. */
  private Map<String, Object> facet(String schema, Map<String, Object> body) {
    String name = schema.substring(schema.indexOf('/') + 1);
    Map<String, Object> facet = new HashMap<>();
    facet.put("_producer", producer);
    facet.put("_schemaURL", "%sfacets/%s.json#/$defs/%s".formatted(SPEC, schema, name));
    facet.putAll(body);
    return facet;
  }
}
