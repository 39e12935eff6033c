package dev.tunebeam.pipelines;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads what an inspection wrote as JSON. */
final class Inspected {

  private final JsonNode json;

  Inspected(JsonNode json) {
    this.json = json;
  }

  String kind() {
    return json.get("kind").asText();
  }

  /** The findings and their counts. */
  SortedMap<String, Long> findings() {
    SortedMap<String, Long> findings = new TreeMap<>();
    for (JsonNode finding : json.get("findings")) {
      findings.put(finding.get("id").asText(), finding.get("count").asLong());
    }
    return findings;
  }

  /** The lines of the places of a finding. */
  List<Integer> places(String id) {
    List<Integer> lines = new ArrayList<>();
    for (JsonNode finding : json.get("findings")) {
      if (finding.get("id").asText().equals(id)) {
        finding.get("places").forEach(place -> lines.add(place.get("position").asInt()));
      }
    }
    return lines;
  }

  List<String> details(String id) {
    List<String> details = new ArrayList<>();
    for (JsonNode finding : json.get("findings")) {
      if (finding.get("id").asText().equals(id)) {
        finding.get("details").forEach(detail -> details.add(detail.asText()));
      }
    }
    return details;
  }

  /** What a finding says to do. */
  String action(String id) {
    for (JsonNode finding : json.get("findings")) {
      if (finding.get("id").asText().equals(id)) {
        return finding.get("action").asText();
      }
    }
    throw new AssertionError("there is no finding " + id);
  }

  /** The keys that are recommended, each with its value as JSON. */
  SortedMap<String, String> recommended() {
    SortedMap<String, String> recommended = new TreeMap<>();
    for (JsonNode recommendation : json.get("recommendations")) {
      recommendation
          .get("settings")
          .properties()
          .forEach(entry -> recommended.put(entry.getKey(), entry.getValue().toString()));
    }
    return recommended;
  }

  /** read, rejected, duplicates, kept. */
  List<Long> examples() {
    JsonNode examples = json.get("examples");
    return List.of(
        examples.get("read").asLong(),
        examples.at("/rejected/total").asLong(),
        examples.get("duplicates").asLong(),
        examples.get("kept").asLong());
  }
}
