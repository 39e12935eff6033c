package dev.tunebeam.launcher.standin;

/** Both kinds of Fireworks' jobs; that of preferences has its settings in trainingConfig. */
enum FireworksKind {
  SUPERVISED("supervisedFineTuningJobs", "supervisedFineTuningJobId", "supervised"),
  PREFERENCES("dpoJobs", "dpoJobId", "dpo");

  /** What a supervised job can be asked for. */
  private static final String[] SETTINGS = {
    "baseModel",
    "batchSize",
    "batchSizeSamples",
    "dataset",
    "displayName",
    "earlyStop",
    "epochs",
    "evalAutoCarveout",
    "evaluationDataset",
    "gradientAccumulationSteps",
    "isTurbo",
    "jinjaTemplate",
    "learningRate",
    "learningRateWarmupSteps",
    "loraRank",
    "maxContextLength",
    "nodes",
    "optimizerWeightDecay",
    "outputModel",
    "region",
    "wandbConfig",
    "warmStartFrom"
  };

  final String path;
  final String idParameter;
  final String method;

  FireworksKind(String path, String idParameter, String method) {
    this.path = path;
    this.idParameter = idParameter;
    this.method = method;
  }

  /** How the names of its jobs begin. */
  String prefix() {
    return "accounts/" + StandInFireworks.ACCOUNT + "/" + path + "/";
  }

  /** The settings of the training in a request, after a look at all fields' names. */
  Fields training(Fields body) {
    if (this == SUPERVISED) {
      body.only(SETTINGS);
      return body;
    }
    body.only("dataset", "displayName", "trainingConfig", "lossConfig", "wandbConfig");
    Fields config = body.object("trainingConfig");
    config.only(
        "baseModel",
        "batchSize",
        "batchSizeSamples",
        "epochs",
        "gradientAccumulationSteps",
        "jinjaTemplate",
        "learningRate",
        "learningRateWarmupSteps",
        "loraRank",
        "maxContextLength",
        "optimizerWeightDecay",
        "outputModel",
        "warmStartFrom");
    return config;
  }
}
