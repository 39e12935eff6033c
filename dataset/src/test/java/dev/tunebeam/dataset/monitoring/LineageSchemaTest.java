package dev.tunebeam.dataset.monitoring;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tunebeam.dataset.Manifest;
import dev.tunebeam.dataset.ManifestExample;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** That a wrong event does not pass the check of the other tests. */
class LineageSchemaTest {

  private final Clock clock = Clock.fixed(Instant.parse("2026-11-21T02:00:00Z"), ZoneOffset.UTC);

  /** The end of a run that has all that can be said. */
  private static String event(Path folder, Clock clock) throws IOException {
    Path file = folder.resolve("lineage.jsonl");
    Map<String, String> variables = new HashMap<>();
    variables.put("OPENLINEAGE_URL", file.toUri().toString());
    String parent = "airflow/etl/0191b4e2-9b7a-7d0f-8a55-1f1f2e2d3c4b";
    variables.put("OPENLINEAGE_PARENT_ID", parent);
    variables.put("OPENLINEAGE_ROOT_PARENT_ID", parent);
    RunMonitor monitor = RunMonitor.begin("run", "1.2.3", variables, clock, line -> {});
    monitor.writes(ManifestExample.manifest(), "/data/out", List.of("/corpus/*.csv"));
    monitor.reads(ManifestExample.manifest(), "/data/out");
    monitor.trained("openai", "ft:m");
    monitor.gates(
        List.of(new Manifest.Gate("minExamples", BigDecimal.ONE, BigDecimal.TEN, false, null)));
    monitor.end(8, "1 gate failed");
    return Files.readAllLines(file).get(1);
  }

  @ParameterizedTest
  @CsvSource({
    "'\"eventType\":\"FAIL\"', '\"eventType\":\"FAILED\"', '/eventType enum'",
    "'\"eventTime\":\"2026-11-21T02:00:00Z\"', '\"eventTime\":\"yesterday\"', '/eventTime format'",
    "'\"producer\":\"urn:tunebeam:1.2.3\"', '\"producer\":\"tune beam\"', '/producer format'",
    "'\"producer\":', '\"by\":', ' required'",
    "'\"runId\":\"0191b4e2-9b7a-7d0f-8a55-1f1f2e2d3c4b\"', '\"runId\":\"42\"', '/run/facets/parent/run/runId format'",
    "'\"programmingLanguage\":\"Java\"', '\"language\":\"Java\"', '/run/facets/errorMessage required'",
    "'\"rowCount\":12', '\"rowCount\":\"12\"', '/inputs/0/inputFacets/dataQualityMetrics/rowCount type'",
    "'\"0.95\":290', '\"0.95\":null', '/outputs/0/facets/dataQualityMetrics/columnMetrics/tokens/quantiles/0.95 type'",
    "'\"status\":\"fail\"', '\"state\":\"fail\"', '/run/facets/test/tests/0 required'",
    "'\"fileCount\":', '\"files\":', '/outputs/0/outputFacets/outputStatistics unevaluatedProperties'",
    "'1-2-0/ParentRunFacet', '9-0-0/ParentRunFacet', '/run/facets/parent has a schema that is not there: https://openlineage.io/spec/facets/9-0-0/ParentRunFacet.json#/$defs/ParentRunFacet'",
    "'\"parent\":', '\"parents\":', '/run/facets/parents has another key'",
    "'\"outputFacets\":{\"outputStatistics\"', '\"facets\":{\"outputStatistics\"', '/outputs/0/facets/outputStatistics is no DatasetFacet'",
  })
  void aWrongEventIsSaidWithPlaceAndKeyword(
      String right, String wrong, String complaint, @TempDir Path folder) throws IOException {
    String event = event(folder, clock);
    assertThat(LineageSchema.complaints(event), empty());
    assertThat(event, containsString(right));
    String changed = event.replace(right, wrong);
    assertThat(LineageSchema.complaints(changed), hasItem(complaint));
    if (!complaint.endsWith("unevaluatedProperties")) { // OpenLineage allows others
      LineageSchema.official()
          .ifPresent(official -> assertThat(official.of(changed), hasItem(complaint)));
    }
  }

  /** So a name that passes with ours is one that OpenLineage knows. */
  @Test
  void ourSchemasHaveOnlyNamesThatTheOfficialOnesHave() throws IOException {
    Optional<LineageSchema> official = LineageSchema.official();
    assumeTrue(
        official.isPresent(), "the official schemas are named with -Dopenlineage.spec=FOLDER");
    Path ours = Path.of("src/test/resources/dev/tunebeam/dataset/monitoring/openlineage");
    List<String> files;
    try (Stream<Path> found = Files.walk(ours)) {
      files =
          found
              .filter(Files::isRegularFile)
              .map(file -> ours.relativize(file).toString().replace('\\', '/'))
              .sorted()
              .toList();
    }
    assertThat(files, hasSize(11));
    for (String file : files) {
      String address = LineageSchema.SPEC + file;
      Set<String> names = names(LineageSchema.ours().file(address));
      names.removeAll(names(official.orElseThrow().file(address)));
      assertThat(file, names, empty());
    }
  }

  private static Set<String> names(JsonNode schema) {
    Set<String> names = new TreeSet<>();
    for (JsonNode properties : schema.findValues("properties")) {
      properties
          .properties()
          .forEach(
              property -> {
                names.add(property.getKey());
                names.addAll(names(property.getValue()));
              });
    }
    return names;
  }
}
