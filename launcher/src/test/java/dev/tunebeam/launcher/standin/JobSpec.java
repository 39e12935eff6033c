package dev.tunebeam.launcher.standin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a job was asked to do, the same for all dialects.
 *
 * @param model base model, or a tuned one to go on from
 * @param trainingFile a file's id
 * @param suffix of the model's name
 * @param epochs as given, or what the provider chooses
 * @param method supervised, dpo or reinforcement
 * @param metadata empty where there is none
 * @param leastExamples lines that the training file must have
 * @param outputModel the model's name; null for OpenAI's pattern
 * @param request the whole request, for what a dialect echoes
 */
public record JobSpec(
    String model,
    String trainingFile,
    @Nullable String validationFile,
    @Nullable String suffix,
    int epochs,
    String method,
    Map<String, String> metadata,
    int leastExamples,
    @Nullable String outputModel,
    ObjectNode request) {
  /** Copies what could change. */
  public JobSpec {
    metadata = Map.copyOf(new LinkedHashMap<>(metadata));
    request = request.deepCopy();
  }
}
