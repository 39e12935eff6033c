package dev.tunebeam.launcher.provider;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A training job as its provider tells it. Null is what it does not tell.
 *
 * @param providerStatus the provider's own word
 * @param model the model that is trained
 * @param tunedModel the name of the result
 * @param trainedTokens tokens that are billed
 * @param error why it failed
 * @param resultFiles ids of files with metrics
 * @param settings the job's hyperparameters as the provider writes them, an empty object if none
 * @param metadata what the job carries
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

  /** Copies. */
  public Job {
    resultFiles = List.copyOf(resultFiles);
    metadata = Map.copyOf(metadata);
  }
}
