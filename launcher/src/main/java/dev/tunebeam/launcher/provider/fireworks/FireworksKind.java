package dev.tunebeam.launcher.provider.fireworks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tunebeam.dataset.settings.Method;
import dev.tunebeam.launcher.http.Json;
import dev.tunebeam.launcher.provider.Fields;
import dev.tunebeam.launcher.provider.JobRequest;
import dev.tunebeam.launcher.provider.RunSuffix;
import dev.tunebeam.launcher.provider.TrainingSettings;

/** The two kinds of jobs at Fireworks: their paths, ids and bodies. */
enum FireworksKind {
  SFT("supervisedFineTuningJobs", "supervisedFineTuningJobId"),
  DPO("dpoJobs", "dpoJobId");

  private static final int DIGITS = 32;

  private final String path;
  private final String idParameter;

  FireworksKind(String path, String idParameter) {
    this.path = path;
    this.idParameter = idParameter;
  }

  static FireworksKind of(Method method) {
    return method == Method.DPO ? DPO : SFT;
  }

  /** The collection's path, which is also the list's key in the response. */
  String path() {
    return path;
  }

  String path(String id) {
    return path + "/" + id;
  }

  /** The query parameter of the client-side job id. */
  String idParameter() {
    return idParameter;
  }

  /** The prefix of job ids that tunebeam creates. */
  String prefix() {
    return "tunebeam-" + (this == DPO ? "dpo-" : "sft-");
  }

  /** The job id of a run. */
  String id(String run) {
    return prefix() + RunSuffix.digits(run, DIGITS);
  }

  /**
   * The request body to create a job.
   *
   * @param account {@code accounts/NAME}; its own models are trained further, others are base
   *     models
   */
  ObjectNode body(JobRequest request, String account) {
    TrainingSettings settings = request.settings();
    ObjectNode body = Json.object();
    body.put("displayName", RunSuffix.of(request));
    body.put("dataset", request.training().id());
    if (this == SFT && request.validation() != null) {
      body.put("evaluationDataset", request.validation().id());
    }
    ObjectNode training = this == SFT ? body : body.putObject("trainingConfig");
    String model =
        settings.model().startsWith("accounts/")
            ? settings.model()
            : "accounts/fireworks/models/" + settings.model();
    training.put(model.startsWith(account + "/") ? "warmStartFrom" : "baseModel", model);
    training.put("outputModel", account + "/models/" + RunSuffix.of(request));
    Fields.putIfSet(training, "epochs", settings.epochs());
    Fields.putIfSet(training, "learningRate", settings.learningRate());
    Fields.putIfSet(training, "batchSizeSamples", settings.batchSize());
    return body;
  }
}
