package dev.tunebeam.launcher.provider;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.tunebeam.launcher.http.Secret;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A training job as reported by its provider; null if not reported.
 *
 * @param providerStatus the provider's own status
 * @param model the base model
 * @param tunedModel the name of the fine-tuned model
 * @param trainedTokens billed tokens
 * @param error the reason of a failure
 * @param resultFiles ids of the metrics files
 * @param settings the job's hyperparameters as the provider reports them, an empty object if none
 * @param metadata the job's metadata
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Job(
    String id,
    JobStatus status,
    String providerStatus,
    String model,
    @Nullable String tunedModel,
    @Nullable Instant createdAt,
    @Nullable Instant estimatedFinish,
    @Nullable Instant finishedAt,
    @Nullable Long trainedTokens,
    @Nullable String trainingFile,
    @Nullable String validationFile,
    @Nullable String error,
    List<String> resultFiles,
    JsonNode settings,
    Map<String, String> metadata) {

  /** Copies, and masks what looks like a key in the error. */
  public Job {
    error = error == null ? null : Secret.masked(error);
    resultFiles = List.copyOf(resultFiles);
    metadata = Map.copyOf(metadata);
  }
}
