package dev.tunebeam.launcher.provider.fireworks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tunebeam.launcher.http.UnexpectedAnswerException;
import dev.tunebeam.launcher.provider.Fields;
import dev.tunebeam.launcher.provider.Job;
import dev.tunebeam.launcher.provider.JobEvent;
import dev.tunebeam.launcher.provider.JobStatus;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Parses Fireworks' jobs of both kinds. Missing fields are null or empty. */
final class FireworksJobs {

  private static final String PREFIX = "JOB_STATE_";

  private static final Map<String, JobStatus> STATUSES =
      Map.ofEntries(
          Map.entry("VALIDATING", JobStatus.VALIDATING),
          Map.entry("CREATING_INPUT_DATASET", JobStatus.VALIDATING),
          Map.entry("CREATING", JobStatus.QUEUED),
          Map.entry("PENDING", JobStatus.QUEUED),
          Map.entry("RE_QUEUEING", JobStatus.QUEUED),
          Map.entry("RUNNING", JobStatus.RUNNING),
          Map.entry("IDLE", JobStatus.RUNNING),
          Map.entry("WRITING_RESULTS", JobStatus.RUNNING),
          Map.entry("CANCELLING", JobStatus.RUNNING),
          Map.entry("PAUSED", JobStatus.PAUSED),
          Map.entry("COMPLETED", JobStatus.SUCCEEDED),
          Map.entry("EARLY_STOPPED", JobStatus.SUCCEEDED),
          Map.entry("FAILED", JobStatus.FAILED),
          Map.entry("EXPIRED", JobStatus.FAILED),
          Map.entry("CANCELLED", JobStatus.CANCELLED),
          Map.entry("DELETING", JobStatus.CANCELLED),
          Map.entry("DELETING_CLEANING_UP", JobStatus.CANCELLED));

  private static final List<String> SETTINGS =
      List.of(
          "epochs",
          "learningRate",
          "batchSizeSamples",
          "loraRank",
          "maxContextLength",
          "estimatedCost");

  /** Decimals of a billionth. */
  private static final int NANOS = 9;

  private static final List<String> PROGRESS = List.of("percent", "epoch");

  private FireworksJobs() {}

  /** The job that was asked for. */
  static Job job(JsonNode json, String id) {
    if (!id(json).equals(id)) {
      throw new UnexpectedAnswerException("the response is about another job than " + id);
    }
    return job(json);
  }

  static Job job(JsonNode json) {
    // A preference job nests its settings one level deeper.
    JsonNode config = json.path("trainingConfig").isObject() ? json.path("trainingConfig") : json;
    String word = Fields.required(json, "state").replaceFirst(PREFIX, "");
    JobStatus status = STATUSES.getOrDefault(word, JobStatus.OTHER);
    return new Job(
        id(json),
        status,
        word.toLowerCase(Locale.ROOT),
        Objects.requireNonNullElse(
            Fields.optional(config, "baseModel"), Fields.text(config, "warmStartFrom")),
        status == JobStatus.SUCCEEDED ? Fields.optional(config, "outputModel") : null,
        Fields.instant(json, "createTime"),
        null,
        Fields.instant(json, "completedTime"),
        null,
        Fields.optional(json, "dataset"),
        Fields.optional(json, "evaluationDataset"),
        status == JobStatus.FAILED ? error(json.path("status")) : null,
        List.of(),
        Fields.picked(SETTINGS, config),
        Map.of());
  }

  /** The last part of the job's resource name; other names are unchanged. */
  static String id(JsonNode json) {
    String name = Fields.required(json, "name");
    return name.contains(" ") ? name : name.substring(name.lastIndexOf('/') + 1);
  }

  /** An event from the job's current state, since the API has no event list. */
  static JobEvent event(JsonNode json, Clock clock) {
    Job job = job(json);
    ObjectNode data = Fields.picked(PROGRESS, json.path("jobProgress"));
    String message = Fields.text(json.path("status"), "message");
    Instant at = Fields.instant(json, "updateTime");
    return new JobEvent(
        job.providerStatus() + " " + data,
        at == null ? clock.instant() : at,
        job.status() == JobStatus.FAILED ? "error" : "info",
        job.providerStatus()
            + (data.path("percent").isNumber() ? ", " + data.path("percent").asText() + " %" : "")
            + (message.isEmpty() ? "" : ": " + message),
        data);
  }

  /**
   * An amount of money: {@code {currencyCode, units, nanos}}, where zeros are left out.
   *
   * @return empty if there is none, or if it is in another currency than dollars
   */
  static Optional<BigDecimal> dollars(JsonNode money) {
    if (!money.isObject()) {
      throw new UnexpectedAnswerException("the response has no amount of money");
    }
    if (!Fields.text(money, "currencyCode").equals("USD")) {
      return Optional.empty();
    }
    try {
      String units = Objects.requireNonNullElse(Fields.optional(money, "units"), "0");
      BigDecimal dollars =
          new BigDecimal(new BigInteger(units))
              .add(BigDecimal.valueOf(money.path("nanos").asLong(), NANOS));
      if (dollars.signum() >= 0) {
        return Optional.of(dollars);
      }
    } catch (NumberFormatException e) {
      // Falls through: an amount that is no number is no estimate.
    }
    throw new UnexpectedAnswerException("the response has no amount of money");
  }

  private static @Nullable String error(JsonNode status) {
    String message = Fields.optional(status, "message");
    String code = Fields.optional(status, "code");
    return message == null ? code : code == null ? message : code + ": " + message;
  }
}
