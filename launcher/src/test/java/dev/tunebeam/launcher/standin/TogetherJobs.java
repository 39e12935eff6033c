package dev.tunebeam.launcher.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Together's {@code /fine-tunes}. No metadata and no ids of events; a cancelled job is
 * cancel_requested first; a failed one has status error and says why in its events.
 */
final class TogetherJobs {
  static final String PREFIX = "ft-";
  private static final long NANODOLLARS = 1_000_000_000L;
  private static final Map<String, String> STATUSES =
      Map.of("validating_files", "pending", "succeeded", "completed", "failed", "error");

  private final Store store;
  private final BaseModels models;
  private final Training training;
  private final Behaviour behaviour;

  TogetherJobs(Store store, BaseModels models, Training training, Behaviour behaviour) {
    this.store = store;
    this.models = models;
    this.training = training;
    this.behaviour = behaviour;
  }

  Answer create(Call call, List<String> ids) {
    ObjectNode json = call.json();
    Fields body = new Fields(json);
    body.only(TogetherSettings.NAMES);
    String model = model(body);
    if (!models.trainable(model)) {
      throw Refusal.badRequest("model", null, "model " + model + " cannot be fine-tuned");
    }
    String suffix = body.optionalText("suffix");
    if (suffix != null && suffix.length() > 40) {
      throw body.wrong("suffix", "at most 40 characters");
    }
    Fields method = body.object("training_method");
    String name = method.has("method") ? method.text("method") : "sft";
    if (!Set.of("sft", "dpo").contains(name)) {
      throw method.wrong("method", "sft or dpo");
    }
    if (!json.path("batch_size").asText("").equals("max")) {
      body.whole("batch_size", 1, 1 << 20, 1);
    }
    String validation = body.optionalText("validation_file");
    String id = store.newId(PREFIX);
    JobSpec spec =
        new JobSpec(
            model,
            file(body.text("training_file")),
            validation == null || validation.isEmpty() ? null : file(validation),
            suffix,
            (int) body.whole("n_epochs", 1, 20, 1),
            name.equals("dpo") ? "dpo" : "supervised",
            Map.of(),
            1,
            "stand-in/"
                + model.substring(model.lastIndexOf('/') + 1)
                + "-"
                + (suffix == null ? "" : suffix + "-")
                + id.substring(id.length() - 5),
            json);
    Job job = store.addJobWithId(id, spec);
    training.created(job);
    return Answer.ok(json(job));
  }

  /** The base model: as given, or that of the job or model to go on from. */
  private String model(Fields body) {
    String from = body.optionalText("from_checkpoint");
    if (from == null) {
      return body.text("model");
    }
    String name = from.replaceFirst(":\\d+$", "");
    for (Job job : store.jobs(PREFIX)) {
      if (job.id().equals(name) || name.equals(job.tunedModel())) {
        return job.spec().model();
      }
    }
    throw Refusal.badRequest("from_checkpoint", null, "checkpoint not found: " + from);
  }

  private String file(String id) {
    if (store.file(id) == null) {
      throw Refusal.badRequest("training_file", null, "file not found: " + id);
    }
    return id;
  }

  Answer list(Call call, List<String> ids) {
    List<Job> jobs = store.jobs(PREFIX);
    Collections.reverse(jobs);
    jobs.removeIf(job -> job.countList() <= behaviour.listsUntilJobIsListed());
    return Answer.ok(data(Json.array(jobs, this::json)));
  }

  Answer get(Call call, List<String> ids) {
    Job job = find(ids.get(0));
    training.poll(job);
    ObjectNode json = json(job);
    json.set("events", events(job));
    Long finish = job.estimatedFinish();
    json.set(
        "progress",
        Json.object()
            .put("estimate_available", finish != null)
            .put("seconds_remaining", finish == null ? 0 : Math.max(0, finish - store.now())));
    return Answer.ok(json);
  }

  Answer cancel(Call call, List<String> ids) {
    Job job = find(ids.get(0));
    if (job.ended()) {
      throw Refusal.badRequest(null, null, "job " + job.id() + " is already " + job.status());
    }
    job.status(Training.CANCEL_REQUESTED);
    return Answer.ok(json(job));
  }

  Answer delete(Call call, List<String> ids) {
    Job job = find(ids.get(0));
    store.removeJob(job.id());
    store.removeModel(String.valueOf(job.tunedModel()));
    return Answer.ok(Json.object().put("message", "Fine-tune job deleted"));
  }

  Answer events(Call call, List<String> ids) {
    return Answer.ok(data(events(find(ids.get(0)))));
  }

  Answer checkpoints(Call call, List<String> ids) {
    Job job = find(ids.get(0));
    return Answer.ok(
        data(
            Json.array(
                job.checkpoints(),
                checkpoint ->
                    Json.object()
                        .put("checkpoint_type", "Step " + checkpoint.metrics().step())
                        .put("created_at", time(checkpoint.at()))
                        .put("object_name", checkpoint.model())
                        .put("path", "s3://stand-in/" + checkpoint.model())
                        .put("step", checkpoint.metrics().step()))));
  }

  Answer metrics(Call call, List<String> ids) {
    ArrayNode all = Json.array();
    for (Metrics metrics : find(ids.get(0)).metrics()) {
      all.add(
          Json.object()
              .put("train/loss", metrics.trainLoss())
              .put("train/learning_rate", 1e-5)
              .put("train/global_step", metrics.step()));
      Double loss = metrics.fullValidLoss();
      if (loss != null) {
        all.add(Json.object().put("eval/loss", loss).put("eval/global_step", metrics.step()));
      }
    }
    ObjectNode json = Json.object();
    json.set("metrics", all);
    return Answer.ok(json);
  }

  private Job find(String id) {
    Job job = store.job(id);
    if (job == null || !id.startsWith(PREFIX)) {
      throw Refusal.notFound("id", "not_found", "fine-tune job not found: " + id);
    }
    return job;
  }

  private ObjectNode json(Job job) {
    ObjectNode json = job.spec().request().deepCopy();
    json.remove("wandb_api_key");
    Long finished = job.finishedAt();
    Long tokens = job.trainedTokens();
    return json.put("id", job.id())
        .put("user_id", "user-stand-in")
        .put("created_at", time(job.createdAt()))
        .put("updated_at", time(finished == null ? store.now() : finished))
        .put("status", STATUSES.getOrDefault(job.status(), job.status()))
        .put("n_epochs", job.spec().epochs())
        .put("model_output_name", job.spec().outputModel())
        .put("token_count", tokens == null ? 0 : tokens)
        .put("total_price", tokens == null ? 0 : 4 * NANODOLLARS);
  }

  /** Messages only; figures are in {@code /metrics}. */
  private static ArrayNode events(Job job) {
    ArrayNode events = Json.array();
    for (Job.Event event : job.events()) {
      if (event.metrics() == null) {
        events.add(
            Json.object()
                .put("object", "fine-tune-event")
                .put("created_at", time(event.at()))
                .put("level", event.level())
                .put("message", event.message())
                .put("type", type(event)));
      }
    }
    return events;
  }

  private static String type(Job.Event event) {
    String message = event.message();
    if (event.level().equals("error")) {
      return "job_error";
    }
    if (message.startsWith("Created") || message.startsWith("Validating")) {
      return "job_pending";
    }
    if (message.startsWith("Checkpoint")) {
      return "checkpoint_save";
    }
    return message.startsWith("The job has")
        ? "job_complete"
        : message.startsWith("New") ? "model_upload_complete" : "job_start";
  }

  private static ObjectNode data(JsonNode list) {
    ObjectNode json = Json.object();
    json.set("data", list);
    return json;
  }

  private static String time(long seconds) {
    return Instant.ofEpochSecond(seconds).toString();
  }
}
