package dev.tunebeam.launcher.standin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import okio.ByteString;

/**
 * Fireworks' supervisedFineTuningJobs. The caller may choose the job's id, and a second job of that
 * id is 409. Metrics are JSON lines behind a signed address.
 */
final class FireworksJobs {
  private static final String PREFIX =
      "accounts/" + StandInFireworks.ACCOUNT + "/supervisedFineTuningJobs/";
  private static final int LEAST_EXAMPLES = 3;
  private static final Set<String> SETTINGS =
      Set.of(
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
          "warmStartFrom");
  private static final Map<String, String> STATES =
      Map.of(
          "validating_files",
          "VALIDATING",
          "queued",
          "PENDING",
          "succeeded",
          "COMPLETED",
          Training.CANCEL_REQUESTED,
          "CANCELLING");

  private final Store store;
  private final BaseModels models;
  private final Training training;
  private final Behaviour behaviour;
  private final SignedAddresses addresses;
  private final FireworksDatasets datasets;

  FireworksJobs(
      Store store,
      BaseModels models,
      Training training,
      Behaviour behaviour,
      SignedAddresses addresses,
      FireworksDatasets datasets) {
    this.store = store;
    this.models = models;
    this.training = training;
    this.behaviour = behaviour;
    this.addresses = addresses;
    this.datasets = datasets;
  }

  Answer create(Call call, List<String> ids) {
    ObjectNode json = call.json();
    Fields body = new Fields(json);
    body.only(SETTINGS.toArray(new String[0]));
    String chosen = call.query("supervisedFineTuningJobId");
    String id = chosen == null ? store.newId("job-") : FireworksDatasets.checkedId(chosen);
    if (store.job(PREFIX + id) != null) {
      throw new Refusal(
          409,
          "conflict",
          null,
          null,
          "supervised fine-tuning job \"" + PREFIX + id + "\" already exists");
    }
    if (body.has("baseModel") == body.has("warmStartFrom")) {
      throw Refusal.badRequest(
          null, null, "exactly one of baseModel and warmStartFrom must be specified");
    }
    String model = body.has("baseModel") ? body.text("baseModel") : body.text("warmStartFrom");
    if (!models.trainable(model) && store.model(model) == null) {
      throw Refusal.badRequest(null, null, "model \"" + model + "\" is not tunable");
    }
    String evaluation = body.optionalText("evaluationDataset");
    String output = body.optionalText("outputModel");
    String models = "accounts/" + StandInFireworks.ACCOUNT + "/models/";
    Job job =
        store.addJobWithId(
            PREFIX + id,
            new JobSpec(
                model,
                datasets.ready(body.text("dataset")),
                evaluation == null ? null : datasets.ready(evaluation),
                null,
                (int) body.whole("epochs", 1, 20, 1),
                "supervised",
                Map.of(),
                LEAST_EXAMPLES,
                output == null ? models + id : output.startsWith(models) ? output : models + output,
                json));
    training.created(job);
    return Answer.ok(json(call, job));
  }

  Answer list(Call call, List<String> ids) {
    List<Job> jobs = store.jobs(PREFIX);
    jobs.removeIf(job -> job.countList() <= behaviour.listsUntilJobIsListed());
    int size = Page.number(call, "pageSize", 50, 1, 200);
    int from = Page.number(call, "pageToken", 0, 0, Integer.MAX_VALUE);
    int until = Math.min(jobs.size(), from + size);
    ObjectNode list = Json.object();
    list.set(
        "supervisedFineTuningJobs",
        Json.array(jobs.subList(Math.min(from, until), until), job -> json(call, job)));
    return Answer.ok(
        list.put("nextPageToken", until < jobs.size() ? String.valueOf(until) : "")
            .put("totalSize", jobs.size()));
  }

  Answer get(Call call, List<String> ids) {
    Job job = find(ids.get(0));
    ObjectNode json = json(call, job);
    if (behaviour.advanceByPolls()) {
      training.move(job);
    }
    return Answer.ok(json);
  }

  Answer delete(Call call, List<String> ids) {
    store.removeJob(find(ids.get(0)).id());
    return Answer.ok(Json.object());
  }

  Answer cancel(Call call, List<String> ids) {
    Job job = find(ids.get(0));
    if (job.ended()) {
      throw Refusal.badRequest(null, null, "job is already " + job.status());
    }
    job.status(Training.CANCEL_REQUESTED);
    return Answer.ok(Json.object());
  }

  Answer resume(Call call, List<String> ids) {
    Job job = find(ids.get(0));
    if (!job.status().equals("paused")) {
      throw Refusal.badRequest(null, null, "job is " + job.status() + " and cannot be resumed");
    }
    job.status("queued");
    return Answer.ok(json(call, job));
  }

  private Job find(String id) {
    Job job = store.job(PREFIX + id);
    if (job == null) {
      throw Refusal.notFound(
          null, null, "supervised fine-tuning job \"" + PREFIX + id + "\" not found");
    }
    return job;
  }

  private ObjectNode json(Call call, Job job) {
    ObjectNode json = job.spec().request().deepCopy();
    json.put("name", job.id())
        .put("dataset", job.spec().trainingFile())
        .put("outputModel", job.spec().outputModel())
        .put("epochs", job.spec().epochs())
        .put("createTime", time(job.createdAt()))
        .put(
            "state",
            "JOB_STATE_"
                + STATES.getOrDefault(job.status(), job.status()).toUpperCase(Locale.ROOT));
    Long finished = job.finishedAt();
    if (finished != null) {
      json.put("completedTime", time(finished));
    }
    Outcome error = job.error();
    json.set(
        "status",
        Json.object()
            .put("code", error == null ? "OK" : "INVALID_ARGUMENT")
            .put("message", error == null ? "" : error.message()));
    int steps = job.metrics().size();
    json.set(
        "jobProgress",
        Json.object()
            .put("percent", steps == 0 ? 0 : 100 * steps / job.metrics().get(0).totalSteps()));
    json.set(
        "estimatedCost",
        Json.object().put("currencyCode", "USD").put("units", "3").put("nanos", 0));
    if (job.status().equals("succeeded")) {
      json.put("metricsFileSignedUrl", addresses.forGet(call, () -> metrics(job)));
    }
    return json;
  }

  private static ByteString metrics(Job job) {
    StringBuilder lines = new StringBuilder();
    for (Metrics metrics : job.metrics()) {
      ObjectNode line =
          Json.object().put("step", metrics.step()).put("train/loss", metrics.trainLoss());
      Double loss = metrics.fullValidLoss();
      if (loss != null) {
        line.put("eval/loss", loss);
      }
      lines.append(Json.text(line)).append('\n');
    }
    return ByteString.encodeUtf8(lines.toString());
  }

  private static String time(long seconds) {
    return Instant.ofEpochSecond(seconds).toString();
  }
}
