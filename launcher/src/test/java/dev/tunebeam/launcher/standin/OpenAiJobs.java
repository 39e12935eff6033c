package dev.tunebeam.launcher.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code /fine_tuning/jobs}: schemas FineTuningJob, FineTuningJobEvent, FineTuningJobCheckpoint and
 * their lists. A GET of a job moves it.
 */
final class OpenAiJobs {
  private static final String PREFIX = "ftjob-";
  private final Store store;
  private final Training training;
  private final Behaviour behaviour;
  private final JobRequest requests;
  private final boolean tellsSuffix;

  /** Makes jobs of requests; {@code tellsSuffix} adds a field that Nebius has. */
  OpenAiJobs(
      Store store,
      Training training,
      Behaviour behaviour,
      JobRequest requests,
      boolean tellsSuffix) {
    this.tellsSuffix = tellsSuffix;
    this.store = store;
    this.training = training;
    this.behaviour = behaviour;
    this.requests = requests;
  }

  Answer create(Call call, List<String> ids) {
    Job job = store.addJob(PREFIX, requests.read(call.json()));
    training.created(job);
    return Answer.ok(json(job));
  }

  Answer list(Call call, List<String> ids) {
    List<Job> jobs = store.jobs(PREFIX);
    Collections.reverse(jobs);
    jobs.removeIf(job -> job.countList() <= behaviour.listsUntilJobIsListed());
    for (Map.Entry<String, List<String>> query : call.query().entrySet()) {
      String name = query.getKey();
      if (name.startsWith("metadata[") && name.endsWith("]")) {
        String key = name.substring("metadata[".length(), name.length() - 1);
        jobs.removeIf(job -> !query.getValue().get(0).equals(job.spec().metadata().get(key)));
      } else if (name.equals("metadata") && query.getValue().get(0).equals("null")) {
        jobs.removeIf(job -> !job.spec().metadata().isEmpty());
      }
    }
    return Answer.ok(Page.of(jobs, call, 20, 100, Job::id).json(this::json));
  }

  Answer get(Call call, List<String> ids) {
    Job job = find(ids.get(0));
    training.poll(job);
    return Answer.ok(json(job));
  }

  Answer cancel(Call call, List<String> ids) {
    Job job = find(ids.get(0));
    if (job.ended()) {
      throw Refusal.badRequest(
          null, null, "Job " + job.id() + " has already " + job.status() + ".");
    }
    training.say(job, "info", "Fine-tuning job cancelled");
    job.end(Outcome.cancelled(), store.now());
    return Answer.ok(json(job));
  }

  Answer pause(Call call, List<String> ids) {
    Job job = find(ids.get(0));
    if (!job.status().equals("running") && !job.status().equals("queued")) {
      throw Refusal.badRequest(
          null, null, "Job " + job.id() + " is " + job.status() + " and cannot be paused.");
    }
    job.status("paused");
    job.estimate(null);
    return Answer.ok(json(job));
  }

  Answer resume(Call call, List<String> ids) {
    Job job = find(ids.get(0));
    if (!job.status().equals("paused")) {
      throw Refusal.badRequest(
          null, null, "Job " + job.id() + " is " + job.status() + " and cannot be resumed.");
    }
    job.status("queued");
    return Answer.ok(json(job));
  }

  Answer events(Call call, List<String> ids) {
    List<Job.Event> events = new ArrayList<>(find(ids.get(0)).events());
    if (behaviour.eventsDisordered()) {
      for (int at = 0; at + 1 < events.size(); at += 2) {
        Collections.swap(events, at, at + 1);
      }
    }
    Collections.reverse(events);
    if (behaviour.eventsRepeated()) {
      List<Job.Event> repeated = new ArrayList<>();
      for (int at = 0; at < events.size(); at++) {
        repeated.add(events.get(at));
        if (at % 3 == 1) {
          repeated.add(events.get(at));
        }
      }
      events = repeated;
    }
    return Answer.ok(Page.of(events, call, 20, 100, Job.Event::id).json(OpenAiJobs::json));
  }

  Answer checkpoints(Call call, List<String> ids) {
    Job job = find(ids.get(0));
    List<Job.Checkpoint> newestFirst = new ArrayList<>(job.checkpoints());
    Collections.reverse(newestFirst);
    Page<Job.Checkpoint> page = Page.of(newestFirst, call, 10, 100, Job.Checkpoint::id);
    return Answer.ok(
        page.json(checkpoint -> json(job, checkpoint))
            .put("first_id", page.firstId())
            .put("last_id", page.lastId()));
  }

  private Job find(String id) {
    Job job = store.job(id);
    if (job == null) {
      throw Refusal.notFound(
          "fine_tune_id", "fine_tune_not_found", "Could not find fine tune: " + id);
    }
    return job;
  }

  private ObjectNode json(Job job) {
    JobSpec spec = job.spec();
    Long seed = JobRequest.seed(spec);
    ObjectNode json =
        Json.object()
            .put("object", "fine_tuning.job")
            .put("id", job.id())
            .put("model", spec.model())
            .put("created_at", job.createdAt())
            .put("finished_at", job.finishedAt())
            .put("fine_tuned_model", job.tunedModel())
            .put("organization_id", "org-stand-in")
            .put("status", job.status())
            .put("training_file", spec.trainingFile())
            .put("validation_file", spec.validationFile())
            .put("trained_tokens", job.trainedTokens())
            .put("user_provided_suffix", spec.suffix())
            .put("seed", seed == null ? 42 : seed)
            .put("estimated_finish", job.estimatedFinish());
    String results = job.resultFile();
    json.set("result_files", Json.texts(results == null ? List.of() : List.of(results)));
    ObjectNode hyperparameters = Json.object();
    for (String name : List.of("n_epochs", "batch_size", "learning_rate_multiplier")) {
      hyperparameters.set(name, JobRequest.hyperparameter(spec, name));
    }
    json.set("hyperparameters", hyperparameters);
    ObjectNode method = Json.object().put("type", spec.method());
    JsonNode own = spec.request().path("method").path(spec.method());
    ObjectNode supervised = Json.object();
    supervised.set("hyperparameters", hyperparameters.deepCopy());
    method.set(spec.method(), own.isObject() ? own : supervised);
    json.set("method", method);
    JsonNode integrations = spec.request().path("integrations");
    json.set("integrations", integrations.isArray() ? integrations : Json.array());
    JsonNode metadata = spec.request().path("metadata");
    if (behaviour.metadata()) {
      json.set("metadata", metadata.isObject() ? metadata : null);
    }
    json.set("error", error(job.error()));
    if (tellsSuffix) {
      json.put("suffix", spec.suffix());
    }
    return json;
  }

  private static @Nullable JsonNode error(@Nullable Outcome error) {
    return error == null
        ? null
        : Json.object()
            .put("code", error.code())
            .put("message", error.message())
            .put("param", error.param());
  }

  private static ObjectNode json(Job.Event event) {
    ObjectNode json =
        Json.object()
            .put("object", "fine_tuning.job.event")
            .put("id", event.id())
            .put("created_at", event.at())
            .put("level", event.level())
            .put("message", event.message())
            .put("type", event.metrics() == null ? "message" : "metrics");
    Metrics metrics = event.metrics();
    json.set(
        "data",
        metrics == null ? Json.object() : metrics.json().put("total_steps", metrics.totalSteps()));
    return json;
  }

  private static ObjectNode json(Job job, Job.Checkpoint checkpoint) {
    ObjectNode json =
        Json.object()
            .put("object", "fine_tuning.job.checkpoint")
            .put("id", checkpoint.id())
            .put("created_at", checkpoint.at())
            .put("fine_tuned_model_checkpoint", checkpoint.model())
            .put("fine_tuning_job_id", job.id())
            .put("step_number", checkpoint.metrics().step());
    json.set("metrics", checkpoint.metrics().json());
    return json;
  }
}
