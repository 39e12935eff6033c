package dev.tunebeam.launcher.provider.together;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tunebeam.launcher.http.Json;
import dev.tunebeam.launcher.provider.Fields;
import dev.tunebeam.launcher.provider.JobRequest;
import dev.tunebeam.launcher.provider.RunSuffix;
import dev.tunebeam.launcher.provider.TrainingSettings;
import java.util.Objects;

/** The request bodies to estimate and create a job at Together. */
final class TogetherRequest {

  private TogetherRequest() {}

  /**
   * The fields that determine the price, which both requests share.
   *
   * @param tuned whether the model was fine-tuned at Together
   */
  static ObjectNode estimate(JobRequest request, boolean tuned) {
    TrainingSettings settings = request.settings();
    int epochs = Objects.requireNonNullElse(settings.epochs(), 1);
    ObjectNode body = Json.object();
    body.put(tuned ? "from_checkpoint" : "model", settings.model());
    body.put("training_file", request.training().id());
    body.put("n_epochs", epochs);
    if (request.validation() != null) {
      body.put("validation_file", request.validation().id());
      // The default is 0: the file is ignored, and not billed.
      body.put("n_evals", epochs);
    }
    ObjectNode method = body.putObject("training_method");
    switch (settings.method()) {
      case SUPERVISED -> method.put("method", "sft").put("train_on_inputs", "auto");
      case DPO -> {
        method.put("method", "dpo");
        Fields.putIfSet(method, "dpo_beta", settings.beta());
      }
    }
    return body;
  }

  /** The body to create a job; its suffix contains the run. */
  static ObjectNode create(JobRequest request, boolean tuned) {
    TrainingSettings settings = request.settings();
    ObjectNode body = estimate(request, tuned);
    Fields.putIfSet(body, "batch_size", settings.batchSize());
    Fields.putIfSet(body, "learning_rate", settings.learningRate());
    Fields.putIfSet(body, "random_seed", settings.seed());
    return body.put("suffix", RunSuffix.of(request));
  }
}
