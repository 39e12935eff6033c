package dev.tunebeam.dataset.monitoring;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URI;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a run is reported to, from environment variables; what is invalid is said and left out. The
 * variables that begin with OPENLINEAGE are those of OpenLineage's clients.
 *
 * @param pipeline what tells several pipelines apart: in the names of jobs, labels and messages
 * @param lineage where events go, a file or an HTTP endpoint; null for nowhere
 * @param lineageKey the bearer token of that endpoint
 * @param namespace of the jobs
 * @param parent the run that started this one
 * @param root the run that started it all
 * @param metrics a folder of the node exporter's textfile collector, or the address of a push
 *     gateway
 * @param webhook the address of a chat channel; a secret
 */
record MonitorSettings(
    String pipeline,
    @Nullable URI lineage,
    @Nullable String lineageKey,
    String namespace,
    @Nullable ParentRun parent,
    @Nullable ParentRun root,
    @Nullable String metrics,
    @Nullable URI webhook) {

  private static final Pattern NOT_IN_A_NAME = Pattern.compile("[^A-Za-z0-9._-]");

  private static final JsonMapper JSON = new JsonMapper();

  /**
   * A run of another job.
   *
   * @param run a UUID
   */
  record ParentRun(String namespace, String job, String run) {

    private static final Pattern ID = Pattern.compile("([^/]+)/(.+)/([^/]+)");

    /** Rejects what is not a UUID: receivers refuse the whole event for it. */
    ParentRun {
      if (!UUID.fromString(run).toString().equalsIgnoreCase(run)) {
        throw new IllegalArgumentException("not a UUID");
      }
    }

    /** From {@code namespace/job/run}. */
    static ParentRun of(String id) {
      Matcher parts = ID.matcher(id);
      if (!parts.matches()) {
        throw new IllegalArgumentException("not namespace/job/run");
      }
      return new ParentRun(parts.group(1), parts.group(2), parts.group(3));
    }

    private static @Nullable ParentRun of(JsonNode json) {
      return json.isObject()
          ? new ParentRun(
              json.at("/job/namespace").asText(),
              json.at("/job/name").asText(),
              json.at("/run/runId").asText())
          : null;
    }

    /** As {@link #of(String)} reads it. */
    String id() {
      return "%s/%s/%s".formatted(namespace, job, run);
    }
  }

  /**
   * Reads the variables.
   *
   * @param warn gets a line for each one that cannot be used
   */
  static MonitorSettings of(Map<String, String> variables, Consumer<String> warn) {
    Reader reader = new Reader(variables, warn);
    boolean isOff = "true".equalsIgnoreCase(variables.get("OPENLINEAGE_DISABLED"));
    URI lineage = isOff ? null : reader.address("OPENLINEAGE_URL", "https?|file");
    if (lineage != null && !"file".equals(lineage.getScheme())) {
      String endpoint = reader.value("OPENLINEAGE_ENDPOINT");
      lineage = below(lineage, endpoint == null ? "api/v1/lineage" : endpoint);
    }
    ParentRun parent = reader.run("OPENLINEAGE_PARENT_ID");
    ParentRun root = reader.run("OPENLINEAGE_ROOT_PARENT_ID");
    String context = reader.value("OPENLINEAGE_CONTEXT");
    if (context != null) {
      try {
        JsonNode runs = JSON.readTree(context);
        ParentRun named = ParentRun.of(runs.path("parent"));
        parent = named == null ? parent : named;
        ParentRun first = ParentRun.of(runs.path("root"));
        root = first == null ? root : first;
      } catch (JsonProcessingException | IllegalArgumentException e) {
        reader.leftOut("OPENLINEAGE_CONTEXT", "is no JSON with parent.run.runId and parent.job");
      }
    }
    String namespace = reader.value("OPENLINEAGE_NAMESPACE");
    String metrics = reader.value("TUNEBEAM_METRICS");
    if (metrics != null && metrics.matches("https?:.*")) {
      URI gateway = reader.address("TUNEBEAM_METRICS", "https?");
      metrics = gateway == null ? null : gateway.toString();
    }
    String pipeline = reader.value("TUNEBEAM_PIPELINE");
    return new MonitorSettings(
        pipeline == null ? "tunebeam" : NOT_IN_A_NAME.matcher(pipeline).replaceAll("-"),
        lineage,
        reader.value("OPENLINEAGE_API_KEY"),
        namespace == null ? "default" : namespace,
        parent,
        root,
        metrics,
        reader.address("TUNEBEAM_WEBHOOK", "https?"));
  }

  /** Whether nothing is reported. */
  boolean isOff() {
    return lineage == null && metrics == null && webhook == null;
  }

  /** The address of what is below another one. */
  static URI below(URI base, String path) {
    return URI.create(base.toString().replaceFirst("/+$", "") + "/" + path.replaceFirst("^/+", ""));
  }

  private record Reader(Map<String, String> variables, Consumer<String> warn) {

    @Nullable String value(String name) {
      String value = variables.get(name);
      return value == null || value.isBlank() ? null : value.strip();
    }

    /** Does not repeat the address: it may be a secret. */
    @Nullable URI address(String name, String schemes) {
      String value = value(name);
      if (value == null) {
        return null;
      }
      try {
        URI address = URI.create(value);
        String scheme = address.getScheme();
        boolean isFile = "file".equals(scheme);
        if (scheme != null
            && scheme.matches(schemes)
            && (isFile ? address.getPath() != null : address.getHost() != null)) {
          return address;
        }
      } catch (IllegalArgumentException e) {
        leftOut(name, "is no address");
        return null;
      }
      leftOut(name, "is no address such as https://host/path");
      return null;
    }

    @Nullable ParentRun run(String name) {
      String value = value(name);
      try {
        return value == null ? null : ParentRun.of(value);
      } catch (IllegalArgumentException e) {
        leftOut(name, "is not namespace/job/UUID of a run");
        return null;
      }
    }

    void leftOut(String name, String why) {
      warn.accept("%s %s, and is left out".formatted(name, why));
    }
  }
}
