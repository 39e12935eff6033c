package dev.tunebeam.launcher.provider.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tunebeam.launcher.http.Json;
import dev.tunebeam.launcher.provider.Checkpoint;
import dev.tunebeam.launcher.provider.Fields;
import dev.tunebeam.launcher.provider.Job;
import dev.tunebeam.launcher.provider.JobEvent;
import dev.tunebeam.launcher.provider.JobStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Parses jobs, events and checkpoints of OpenAI's dialect. A job has an id and a status, all other
 * missing fields are null or empty.
 */
public final class OpenAiJobs {

  private static final Map<String, JobStatus> STATUSES =
      Map.of(
          "validating_files", JobStatus.VALIDATING,
          "queued", JobStatus.QUEUED,
          "running", JobStatus.RUNNING,
          "paused", JobStatus.PAUSED,
          "succeeded", JobStatus.SUCCEEDED,
          "failed", JobStatus.FAILED,
          "cancelled", JobStatus.CANCELLED);

  private OpenAiJobs() {}

  public static Job job(JsonNode json) {
    String status = Fields.required(json, "status");
    List<String> resultFiles = new ArrayList<>();
    json.path("result_files").forEach(file -> resultFiles.add(file.asText()));
    Map<String, String> metadata = new TreeMap<>();
    json.path("metadata")
        .fields()
        .forEachRemaining(e -> metadata.put(e.getKey(), e.getValue().asText()));
    return new Job(
        Fields.required(json, "id"),
        STATUSES.getOrDefault(status, JobStatus.OTHER),
        status,
        Fields.text(json, "model"),
        Fields.optional(json, "fine_tuned_model"),
        instant(json, "created_at"),
        instant(json, "estimated_finish"),
        instant(json, "finished_at"),
        json.path("trained_tokens").isNumber() ? json.path("trained_tokens").asLong() : null,
        Fields.optional(json, "training_file"),
        Fields.optional(json, "validation_file"),
        error(json.path("error")),
        resultFiles,
        settings(json),
        metadata);
  }

  static JobEvent event(JsonNode json) {
    Instant at = instant(json, "created_at");
    JsonNode data = json.path("data");
    return new JobEvent(
        Fields.required(json, "id"),
        at == null ? Instant.EPOCH : at,
        Objects.requireNonNullElse(Fields.optional(json, "level"), "info"),
        Fields.text(json, "message"),
        data.isObject() ? data : Json.object());
  }

  static Checkpoint checkpoint(JsonNode json) {
    return new Checkpoint(
        Fields.required(json, "id"),
        json.path("step_number").asLong(),
        Fields.text(json, "fine_tuned_model_checkpoint"),
        instant(json, "created_at"),
        json.path("metrics").isObject() ? json.path("metrics") : Json.object());
  }

  /** The job that was asked for. */
  static Job job(JsonNode json, String id) {
    Fields.requireSame(json, "id", id);
    return job(json);
  }

  private static @Nullable Instant instant(JsonNode json, String field) {
    JsonNode value = json.path(field);
    return value.isNumber() && value.asLong() > 0 ? Instant.ofEpochSecond(value.asLong()) : null;
  }

  /** OpenAI sends an empty object if there is no error. */
  private static @Nullable String error(JsonNode error) {
    String message = Fields.optional(error, "message");
    String code = Fields.optional(error, "code");
    if (message == null) {
      return code;
    }
    return code == null ? message : code + ": " + message;
  }

  private static JsonNode settings(JsonNode job) {
    String method = job.path("method").path("type").asText();
    JsonNode ofMethod = job.path("method").path(method).path("hyperparameters");
    JsonNode settings = ofMethod.isObject() ? ofMethod : job.path("hyperparameters");
    return settings.isObject() ? settings : Json.object();
  }
}
