package dev.tunebeam.launcher.standin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import okio.ByteString;

/**
 * Fireworks' jobs of one kind. The caller may choose the job's id, and a second job of that id is
 * 409. Metrics are JSON lines behind a signed URL.
 */
final class FireworksJobs {
  private static final int LEAST_EXAMPLES = 3;
  private static final long NANOS = 1_000_000_000L;
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

  private final FireworksKind kind;
  private final String prefix;
  private final Store store;
  private final BaseModels models;
  private final Training training;
  private final Behaviour behaviour;
  private final SignedAddresses addresses;
  private final FireworksDatasets datasets;

  FireworksJobs(
      FireworksKind kind,
      Store store,
      BaseModels models,
      Training training,
      Behaviour behaviour,
      SignedAddresses addresses,
      FireworksDatasets datasets) {
    this.kind = kind;
    this.prefix = kind.prefix();
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
    Fields config = kind.training(body);
    String chosen = call.query(kind.idParameter);
    String id = chosen == null ? store.newId("job-") : FireworksDatasets.checkedId(chosen);
    if (store.job(prefix + id) != null) {
      throw new Refusal(409, "conflict", null, null, "job \"" + prefix + id + "\" already exists");
    }
    if (config.has("baseModel") == config.has("warmStartFrom")) {
      throw Refusal.badRequest(
          null, null, "exactly one of baseModel and warmStartFrom must be specified");
    }
    String model =
        config.has("baseModel") ? config.text("baseModel") : config.text("warmStartFrom");
    if (!models.trainable(model) && store.model(model) == null) {
      throw Refusal.badRequest(null, null, "model \"" + model + "\" is not tunable");
    }
    String evaluation = body.optionalText("evaluationDataset");
    String output = config.optionalText("outputModel");
    String models = "accounts/" + StandInFireworks.ACCOUNT + "/models/";
    Job job =
        store.addJobWithId(
            prefix + id,
            new JobSpec(
                model,
                datasets.ready(body.text("dataset")),
                evaluation == null ? null : datasets.ready(evaluation),
                null,
                (int) config.whole("epochs", 1, 20, 1),
                kind.method,
                Map.of(),
                LEAST_EXAMPLES,
                output == null ? models + id : output.startsWith(models) ? output : models + output,
                json));
    training.created(job);
    return Answer.ok(json(call, job));
  }

  /** As {@code :estimateCost}: for supervised jobs, of a dataset that is there. */
  Answer estimate(Call call, List<String> ids) {
    Fields body = new Fields(call.json());
    datasets.ready(body.text("dataset"));
    Double given = behaviour.estimatedPrice();
    ObjectNode json = Json.object();
    json.set("estimatedCost", given == null ? money(3) : money(given));
    return Answer.ok(json);
  }

  /** Zeros are left out, as JSON of protocol buffers does. */
  private static ObjectNode money(double dollars) {
    long nanos = Math.round(dollars * 1e9);
    ObjectNode money = Json.object().put("currencyCode", "USD");
    if (nanos / NANOS > 0) {
      money.put("units", String.valueOf(nanos / NANOS));
    }
    if (nanos % NANOS > 0) {
      money.put("nanos", nanos % NANOS);
    }
    return money;
  }

  Answer list(Call call, List<String> ids) {
    List<Job> jobs = store.jobs(prefix);
    jobs.removeIf(job -> job.countList() <= behaviour.listsUntilJobIsListed());
    int size = Page.number(call, "pageSize", 50, 1, 200);
    int from = Page.number(call, "pageToken", 0, 0, Integer.MAX_VALUE);
    int until = Math.min(jobs.size(), from + size);
    ObjectNode list = Json.object();
    list.set(
        kind.path, Json.array(jobs.subList(Math.min(from, until), until), job -> json(call, job)));
    return Answer.ok(
        list.put("nextPageToken", until < jobs.size() ? String.valueOf(until) : "")
            .put("totalSize", jobs.size()));
  }

  Answer get(Call call, List<String> ids) {
    Job job = find(ids.get(0));
    training.poll(job);
    return Answer.ok(json(call, job));
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

  /** For preferences' jobs: where their metrics are. */
  Answer metricsFile(Call call, List<String> ids) {
    Job job = find(ids.get(0));
    return Answer.ok(Json.object().put("signedUrl", addresses.forGet(call, () -> metrics(job))));
  }

  private Job find(String id) {
    Job job = store.job(prefix + id);
    if (job == null) {
      throw Refusal.notFound(null, null, "job \"" + prefix + id + "\" not found");
    }
    return job;
  }

  private ObjectNode json(Call call, Job job) {
    ObjectNode json = job.spec().request().deepCopy();
    json.put("name", job.id())
        .put("dataset", job.spec().trainingFile())
        .put("createTime", time(job.createdAt()))
        .put(
            "state",
            "JOB_STATE_"
                + STATES.getOrDefault(job.status(), job.status()).toUpperCase(Locale.ROOT));
    ObjectNode config =
        kind == FireworksKind.SUPERVISED ? json : (ObjectNode) json.path("trainingConfig");
    config.put("outputModel", job.spec().outputModel()).put("epochs", job.spec().epochs());
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
    json.set("estimatedCost", money(3));
    if (job.status().equals("succeeded") && kind == FireworksKind.SUPERVISED) {
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
