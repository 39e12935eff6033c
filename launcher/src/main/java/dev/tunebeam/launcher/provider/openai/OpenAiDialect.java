package dev.tunebeam.launcher.provider.openai;

import static dev.tunebeam.launcher.provider.JobStatus.CANCELLED;
import static dev.tunebeam.launcher.provider.JobStatus.FAILED;
import static dev.tunebeam.launcher.provider.JobStatus.PAUSED;
import static dev.tunebeam.launcher.provider.JobStatus.QUEUED;
import static dev.tunebeam.launcher.provider.JobStatus.RUNNING;
import static dev.tunebeam.launcher.provider.JobStatus.SUCCEEDED;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tunebeam.dataset.terminal.ShellCommand;
import dev.tunebeam.launcher.http.ApiRequest;
import dev.tunebeam.launcher.http.Http;
import dev.tunebeam.launcher.http.Json;
import dev.tunebeam.launcher.http.RefusedException;
import dev.tunebeam.launcher.http.UnexpectedAnswerException;
import dev.tunebeam.launcher.inference.Inference;
import dev.tunebeam.launcher.inference.OpenAiInference;
import dev.tunebeam.launcher.provider.Checkpoint;
import dev.tunebeam.launcher.provider.DatasetFile;
import dev.tunebeam.launcher.provider.Fields;
import dev.tunebeam.launcher.provider.Job;
import dev.tunebeam.launcher.provider.JobEvent;
import dev.tunebeam.launcher.provider.JobRequest;
import dev.tunebeam.launcher.provider.JobStatus;
import dev.tunebeam.launcher.provider.LiveModel;
import dev.tunebeam.launcher.provider.Page;
import dev.tunebeam.launcher.provider.Provider;
import dev.tunebeam.launcher.provider.ProviderProfile.Offer;
import dev.tunebeam.launcher.provider.RemoteFile;
import dev.tunebeam.launcher.provider.TrainingSettings;
import dev.tunebeam.launcher.provider.UntellableJobException;
import dev.tunebeam.launcher.provider.UploadJournal;
import dev.tunebeam.launcher.provider.UploadParts;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import okhttp3.RequestBody;

/**
 * OpenAI's fine-tuning API, which other providers implement too: paths and responses as in its
 * OpenAPI document of 2026-08-21. Compatible providers override the differences in subclasses.
 *
 * <p>One file because it is one interface with a method for each request.
 */
public abstract class OpenAiDialect implements Provider {

  protected static final String JOBS = "fine_tuning/jobs";

  private static final RequestBody NOTHING = RequestBody.create(new byte[0]);

  private final Http http;
  private final OpenAiFiles files;
  private final OpenAiLists lists;
  private final Inference inference;

  public OpenAiDialect(Http http, Clock clock) {
    this(http, clock, OpenAiFiles.DIRECT, UploadParts.LARGEST);
  }

  /** Creates a dialect with the given maximum bytes per file request and per upload part. */
  public OpenAiDialect(Http http, Clock clock, long direct, long largestPart) {
    this.http = http;
    this.files = new OpenAiFiles(http, clock, direct, largestPart);
    this.lists = new OpenAiLists(http);
    this.inference = new OpenAiInference(http);
  }

  @Override
  public Optional<RemoteFile> findFile(DatasetFile file) {
    return files.find(file);
  }

  /** All training files, newest first. */
  protected final List<RemoteFile> files() {
    return files.all();
  }

  @Override
  public boolean holds(RemoteFile file) {
    return files.holds(file);
  }

  @Override
  public RemoteFile upload(DatasetFile file, UploadJournal journal) {
    return files.upload(file, journal);
  }

  @Override
  public void deleteFile(RemoteFile file) {
    files.delete(file);
  }

  @Override
  public List<Job> findJobs(JobRequest request) {
    Map<String, Job> found = new LinkedHashMap<>();
    Set<String> seen = new HashSet<>();
    String after = "";
    while (true) {
      Page<Listed> page =
          http.json(
              ofRun(list(after, OpenAiLists.PAGE), request),
              json -> OpenAiLists.page(json, item -> listed(OpenAiJobs.job(item), item, request)));
      boolean fresh = false;
      for (Listed item : page.items()) {
        after = item.job().id();
        fresh |= seen.add(after);
        // A provider that ignores the filter returns all jobs.
        if (item.ofRun()) {
          found.put(after, item.job());
        }
      }
      // A provider without pagination returns the first page again.
      if (!fresh || !page.hasMore()) {
        List<Job> jobs = new ArrayList<>(found.values());
        Collections.reverse(jobs);
        return jobs;
      }
    }
  }

  private record Listed(Job job, boolean ofRun) {}

  private Listed listed(Job job, JsonNode json, JobRequest request) {
    boolean ofRun = carries(json, request);
    if (!ofRun && mayBeOf(json, request)) {
      throw new UntellableJobException(
          ("%s trains on the same file and has no metadata, so it may be this run; follow it with %s."
                  + " To train again nevertheless, delete it or its file there first")
              .formatted(job.id(), ShellCommand.tunebeam("follow", job.id())));
    }
    return new Listed(job, ofRun);
  }

  /** Whether a job that does not carry the run may be its job nevertheless. */
  protected boolean mayBeOf(JsonNode job, JobRequest request) {
    return false;
  }

  /** The request to list jobs, filtered by run if the provider supports it. */
  protected ApiRequest ofRun(ApiRequest list, JobRequest request) {
    return list.with("metadata[" + JobRequest.RUN + "]", request.run());
  }

  /** Whether a job carries the run of the request. */
  protected boolean carries(JsonNode job, JobRequest request) {
    return job.path("metadata").path(JobRequest.RUN).asText().equals(request.run());
  }

  @Override
  public Job create(JobRequest request) {
    return create(http, ApiRequest.create(JOBS, body(request)), request);
  }

  /** Sends a request to create a job; its response must be about the run. */
  protected final Job create(Http to, ApiRequest creation, JobRequest request) {
    return to.json(
        creation,
        json -> {
          if (!carries(json, request) && !mayBeOf(json, request)) {
            throw new UnexpectedAnswerException("the response is not about the job of this run");
          }
          return OpenAiJobs.job(json);
        });
  }

  /** The body to create a job. */
  protected final ObjectNode body(JobRequest request) {
    TrainingSettings settings = request.settings();
    ObjectNode body = Json.object();
    body.put("model", settings.model());
    body.put("training_file", request.training().id());
    if (request.validation() != null) {
      body.put("validation_file", request.validation().id());
    }
    if (settings.seed() != null) {
      body.put("seed", settings.seed());
    }
    if (settings.wandb() != null) {
      body.putArray("integrations")
          .addObject()
          .put("type", "wandb")
          .set("wandb", wandb(settings.wandb()));
    }
    describe(body, request);
    return body;
  }

  /** Adds method, suffix and metadata to a create request. */
  protected void describe(ObjectNode body, JobRequest request) {
    TrainingSettings settings = request.settings();
    if (settings.suffix() != null) {
      body.put("suffix", settings.suffix());
    }
    String method = settings.method().toString();
    body.putObject("method")
        .put("type", method)
        .putObject(method)
        .set("hyperparameters", hyperparameters(settings));
    ObjectNode metadata = body.putObject("metadata");
    request.metadata().forEach(metadata::put);
  }

  /** The hyperparameters with the provider's names. */
  protected ObjectNode hyperparameters(TrainingSettings settings) {
    ObjectNode values = Json.object();
    Fields.putIfSet(values, "n_epochs", settings.epochs());
    Fields.putIfSet(values, "batch_size", settings.batchSize());
    Fields.putIfSet(values, "learning_rate_multiplier", settings.learningRateMultiplier());
    Fields.putIfSet(values, "beta", settings.beta());
    return values;
  }

  private static ObjectNode wandb(TrainingSettings.Wandb wandb) {
    ObjectNode node = Json.object().put("project", wandb.project());
    if (wandb.name() != null) {
      node.put("name", wandb.name());
    }
    if (wandb.entity() != null) {
      node.put("entity", wandb.entity());
    }
    if (!wandb.tags().isEmpty()) {
      wandb.tags().forEach(node.putArray("tags")::add);
    }
    return node;
  }

  @Override
  public Job job(String id) {
    return http.json(ApiRequest.get(path(id)), json -> OpenAiJobs.job(json, id));
  }

  @Override
  public Page<Job> jobs(String after, int limit) {
    return http.json(list(after, limit), json -> OpenAiLists.page(json, OpenAiJobs::job));
  }

  private static ApiRequest list(String after, int limit) {
    return ApiRequest.get(JOBS)
        .with("after", after.isEmpty() ? null : after)
        .with("limit", String.valueOf(limit));
  }

  @Override
  public Job cancel(String id) {
    return act(id, "cancel", EnumSet.of(SUCCEEDED, FAILED, CANCELLED));
  }

  @Override
  public Job pause(String id) {
    return profile().offers(Offer.PAUSE)
        ? act(id, "pause", EnumSet.of(PAUSED))
        : Provider.super.pause(id);
  }

  @Override
  public Job resume(String id) {
    return profile().offers(Offer.PAUSE)
        ? act(id, "resume", EnumSet.of(QUEUED, RUNNING))
        : Provider.super.resume(id);
  }

  /**
   * Runs an action on a job. If it already took effect, for example by a request whose response was
   * lost, the provider rejects it; then the job's status decides.
   *
   * @param done the status in which the action has already taken effect
   */
  private Job act(String id, String action, Set<JobStatus> done) {
    try {
      return http.json(
          ApiRequest.post(path(id) + "/" + action, NOTHING), json -> OpenAiJobs.job(json, id));
    } catch (RefusedException e) {
      Job job = e.status() == 400 || e.status() == 409 ? job(id) : null;
      if (job == null || !done.contains(job.status())) {
        throw e;
      }
      return job;
    }
  }

  @Override
  public List<JobEvent> events(String job, Set<String> known) {
    return lists.events(path(job), known);
  }

  @Override
  public List<Checkpoint> checkpoints(String job) {
    return lists.checkpoints(path(job));
  }

  @Override
  public List<LiveModel> models() {
    return lists.models();
  }

  @Override
  public Optional<byte[]> results(Job job) {
    return job.resultFiles().stream()
        .findFirst()
        .map(file -> http.bytes(ApiRequest.get("files/" + file + "/content")));
  }

  @Override
  public final void delete(String id) {
    if (RemoteFile.isId(id)) {
      http.delete("files/" + id);
    } else {
      deleteModel(id);
    }
  }

  /** Deletes a fine-tuned model. */
  protected void deleteModel(String model) {
    http.delete("models/" + model);
  }

  @Override
  public Inference inference() {
    return inference;
  }

  private static String path(String job) {
    return JOBS + "/" + job;
  }
}
