package dev.tunebeam.launcher.provider.together;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tunebeam.launcher.http.Json;
import dev.tunebeam.launcher.provider.Fields;
import dev.tunebeam.launcher.provider.Job;
import dev.tunebeam.launcher.provider.JobEvent;
import dev.tunebeam.launcher.provider.JobStatus;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Parses Together's jobs and events. Missing fields are null or empty. */
final class TogetherJobs {

  private static final Map<String, JobStatus> STATUSES =
      Map.of(
          "pending", JobStatus.QUEUED,
          "queued", JobStatus.QUEUED,
          "running", JobStatus.RUNNING,
          "compressing", JobStatus.RUNNING,
          "uploading", JobStatus.RUNNING,
          "cancel_requested", JobStatus.RUNNING,
          "cancelled", JobStatus.CANCELLED,
          "error", JobStatus.FAILED,
          "user_error", JobStatus.FAILED,
          "completed", JobStatus.SUCCEEDED);

  private static final List<String> SETTINGS =
      List.of(
          "n_epochs",
          "batch_size",
          "learning_rate",
          "n_evals",
          "n_checkpoints",
          "training_method",
          "training_type",
          "suffix");

  private static final List<String> FIGURES =
      List.of("step", "total_steps", "token_count", "param_count");

  private TogetherJobs() {}

  /**
   * A job.
   *
   * @param clock for the estimated finish, which the API gives in seconds from now
   */
  static Job job(JsonNode json, Clock clock) {
    String word = Fields.required(json, "status");
    JobStatus status = STATUSES.getOrDefault(word, JobStatus.OTHER);
    JsonNode progress = json.path("progress");
    boolean ends = status.isFinal();
    return new Job(
        Fields.required(json, "id"),
        status,
        word,
        Objects.requireNonNullElse(
            Fields.optional(json, "model"), Fields.text(json, "from_checkpoint")),
        status == JobStatus.SUCCEEDED ? Fields.optional(json, "model_output_name") : null,
        Fields.instant(json, "created_at"),
        !ends && progress.path("estimate_available").asBoolean()
            ? clock.instant().plusSeconds(progress.path("seconds_remaining").asLong())
            : null,
        ends ? Fields.instant(json, "updated_at") : null,
        json.path("token_count").isNumber() ? json.path("token_count").asLong() : null,
        Fields.optional(json, "training_file"),
        Fields.optional(json, "validation_file"),
        status == JobStatus.FAILED ? error(json.path("events")) : null,
        List.of(),
        Fields.picked(SETTINGS, json),
        Map.of());
  }

  private static @Nullable String error(JsonNode events) {
    String error = null;
    for (JsonNode event : events) {
      if (event(event).level().equals("error")) {
        error = Fields.optional(event, "message");
      }
    }
    return error;
  }

  /** An event. Its id is its hash, or its content if there is no hash. */
  static JobEvent event(JsonNode json) {
    Instant at = Fields.instant(json, "created_at");
    String message = Fields.text(json, "message");
    String id =
        Objects.requireNonNullElse(
            Fields.optional(json, "hash"),
            String.join(" ", Fields.text(json, "created_at"), Fields.text(json, "type"), message));
    ObjectNode data = Json.object();
    for (String name : FIGURES) {
      if (json.path(name).isNumber() && json.path(name).asLong() > 0) {
        data.set(name, json.path(name));
      }
    }
    return new JobEvent(id, at == null ? Instant.EPOCH : at, level(json), message, data);
  }

  private static String level(JsonNode event) {
    String level = Fields.text(event, "level").toLowerCase(Locale.ROOT);
    String type = Fields.text(event, "type").toLowerCase(Locale.ROOT);
    if (level.endsWith("error") || type.endsWith("error")) {
      return "error";
    }
    return level.endsWith("warning") ? "warn" : "info";
  }
}
