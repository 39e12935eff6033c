package dev.tunebeam.dataset.monitoring;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The JSON Schemas of OpenLineage's events and facets, by the address that each of them names.
 *
 * <p>Those beside this class have what our events use and nothing more, so that a key with a wrong
 * name fails too. The official ones are read in addition from the folder that the system property
 * {@value #PROPERTY} names, laid out as below {@code https://openlineage.io/spec/}. Nothing is
 * fetched.
 */
public final class LineageSchema {

  static final String PROPERTY = "openlineage.spec";

  static final String SPEC = "https://openlineage.io/spec/";

  /** Where facets of each kind stand in an event. */
  private static final Map<String, List<String>> KINDS =
      Map.of(
          "RunFacet", List.of("/run/facets"),
          "JobFacet", List.of("/job/facets"),
          "DatasetFacet", List.of("/inputs/*/facets", "/outputs/*/facets"),
          "InputDatasetFacet", List.of("/inputs/*/inputFacets"),
          "OutputDatasetFacet", List.of("/outputs/*/outputFacets"));

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final SchemaValidatorsConfig FORMATS =
      SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();

  private final JsonSchemaFactory factory;

  private LineageSchema(String folder) {
    factory =
        JsonSchemaFactory.getInstance(
            VersionFlag.V202012,
            builder -> builder.schemaMappers(mappers -> mappers.mapPrefix(SPEC, folder)));
  }

  /** What is wrong with an event, as place and keyword; empty if nothing is. */
  public static List<String> complaints(String event) {
    List<String> complaints = new ArrayList<>(ours().of(event));
    official().ifPresent(schema -> complaints.addAll(schema.of(event)));
    return complaints;
  }

  static LineageSchema ours() {
    return new LineageSchema("classpath:dev/tunebeam/dataset/monitoring/openlineage/");
  }

  /** Those in the folder, if one is named. */
  static Optional<LineageSchema> official() {
    return Optional.ofNullable(System.getProperty(PROPERTY))
        .map(folder -> Path.of(folder).toAbsolutePath().toUri().toString())
        .map(folder -> new LineageSchema(folder.replaceFirst("/*$", "/")));
  }

  /** A file by its address. */
  JsonNode file(String address) {
    return factory.getSchema(SchemaLocation.of(address), FORMATS).getSchemaNode();
  }

  /** What is wrong with an event against these schemas. */
  List<String> of(String text) {
    JsonNode event;
    try {
      event = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      return List.of("not JSON");
    }
    List<String> complaints = new ArrayList<>();
    validate(event, event.path("schemaURL").asText(), "", complaints);
    KINDS.forEach(
        (kind, places) ->
            places.forEach(
                place ->
                    found(event, place)
                        .forEach(
                            (where, facets) ->
                                facets
                                    .properties()
                                    .forEach(
                                        facet ->
                                            facet(
                                                kind,
                                                facet.getKey(),
                                                facet.getValue(),
                                                where,
                                                complaints)))));
    complaints.sort(null);
    return complaints;
  }

  private void facet(
      String kind, String key, JsonNode facet, String where, List<String> complaints) {
    String address = facet.path("_schemaURL").asText();
    String at = where + "/" + key;
    if (!validate(facet, address, at, complaints)) {
      return;
    }
    String definition = address.substring(address.indexOf('#') + 1);
    JsonNode file = file(address.substring(0, address.indexOf('#')));
    if (!file.at("/properties/" + key + "/$ref").asText().equals("#" + definition)) {
      complaints.add(at + " has another key");
    }
    if (!file.at(definition + "/allOf/0/$ref").asText().endsWith("#/$defs/" + kind)) {
      complaints.add(at + " is no " + kind);
    }
  }

  /** Whether there is a schema at the address. */
  private boolean validate(JsonNode json, String address, String where, List<String> complaints) {
    if (!address.startsWith(SPEC) || !address.contains("#/$defs/")) {
      complaints.add(where + " has the schema " + address);
      return false;
    }
    try {
      factory
          .getSchema(SchemaLocation.of(address), FORMATS)
          .validate(json)
          .forEach(
              wrong ->
                  complaints.add(
                      "%s%s %s"
                          .formatted(
                              where,
                              wrong.getInstanceLocation().toString().replace("$", ""),
                              wrong.getType())));
      return true;
    } catch (RuntimeException e) {
      complaints.add(where + " has a schema that is not there: " + address);
      return false;
    }
  }

  /** What stands at a path, in which a star is each place of a list. */
  private static Map<String, JsonNode> found(JsonNode event, String path) {
    Map<String, JsonNode> found = new TreeMap<>();
    int star = path.indexOf("/*");
    if (star < 0) {
      found.put(path, event.at(path));
      return found;
    }
    String list = path.substring(0, star);
    for (int i = 0; i < event.at(list).size(); i++) {
      String place = list + "/" + i + path.substring(star + 2);
      found.put(place, event.at(place));
    }
    return found;
  }
}
