package dev.tunebeam.launcher.provider.together;

import static dev.tunebeam.launcher.process.LauncherException.wrongUse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tunebeam.dataset.Format;
import dev.tunebeam.dataset.settings.Method;
import dev.tunebeam.dataset.settings.ProviderName;
import dev.tunebeam.launcher.http.ApiRequest;
import dev.tunebeam.launcher.http.Http;
import dev.tunebeam.launcher.http.Json;
import dev.tunebeam.launcher.http.RefusedException;
import dev.tunebeam.launcher.http.UncertainException;
import dev.tunebeam.launcher.http.UnexpectedAnswerException;
import dev.tunebeam.launcher.inference.Inference;
import dev.tunebeam.launcher.inference.OpenAiInference;
import dev.tunebeam.launcher.provider.Checkpoint;
import dev.tunebeam.launcher.provider.Connection;
import dev.tunebeam.launcher.provider.DatasetFile;
import dev.tunebeam.launcher.provider.Fields;
import dev.tunebeam.launcher.provider.Job;
import dev.tunebeam.launcher.provider.JobEvent;
import dev.tunebeam.launcher.provider.JobRequest;
import dev.tunebeam.launcher.provider.LiveModel;
import dev.tunebeam.launcher.provider.MetricsCsv;
import dev.tunebeam.launcher.provider.Page;
import dev.tunebeam.launcher.provider.Provider;
import dev.tunebeam.launcher.provider.ProviderProfile;
import dev.tunebeam.launcher.provider.ProviderProfile.Offer;
import dev.tunebeam.launcher.provider.RemoteFile;
import dev.tunebeam.launcher.provider.RunSuffix;
import dev.tunebeam.launcher.provider.TrainableModel;
import dev.tunebeam.launcher.provider.TrainingSettings;
import dev.tunebeam.launcher.provider.UploadJournal;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Together AI: fine-tuning of open models at {@code /v1/fine-tunes}. Differences:
 *
 * <ul>
 *   <li>Files are uploaded to a signed URL ({@link TogetherFiles}), up to 5 GB.
 *   <li>Jobs have no metadata: the run is in the suffix ({@link RunSuffix}), which the API returns
 *       in the job list and in the name of the fine-tuned model. A job is adopted if its suffix and
 *       training file match the run. The list has no pagination.
 *   <li>Validation runs {@code n_evals} times, by default not at all; the launcher asks for one per
 *       epoch, whose tokens are billed.
 *   <li>A fine-tuned model is trained further with {@code from_checkpoint} instead of {@code
 *       model}.
 *   <li>The API estimates the price of a run.
 * </ul>
 *
 * <p>Sources: github.com/togethercomputer/together-py (resources/fine_tuning.py, lib/resources/
 * files.py, types), docs.together.ai/reference/post-fine-tunes. W&amp;B is not supported, since its
 * key would have to be sent in the request. Not confirmed: the names of metrics other than
 * train/loss and train/learning_rate, and that deleting a job deletes its weights.
 *
 * <p>One file because it is one interface with a method for each request.
 */
public final class Together implements Provider {

  private static final String JOBS = "fine-tunes";

  public static final ProviderProfile PROFILE =
      new ProviderProfile(
          ProviderName.TOGETHER.toString(),
          "Together AI",
          "https://api.together.ai/v1/",
          "TOGETHER_BASE_URL",
          "TOGETHER_API_KEY",
          40 - RunSuffix.LENGTH,
          5_000_000_000L,
          EnumSet.of(Format.CHAT, Format.COMPLETION, Format.PREFERENCE),
          EnumSet.allOf(Method.class),
          EnumSet.of(
              Offer.SEED, Offer.BATCH_SIZE, Offer.LEARNING_RATE, Offer.BETA, Offer.CHECKPOINTS));

  private final Http http;
  private final Clock clock;
  private final TogetherFiles files;

  public Together(Connection connection) {
    this.http = connection.bearer("");
    this.clock = connection.clock();
    this.files = new TogetherFiles(http);
  }

  @Override
  public ProviderProfile profile() {
    return PROFILE;
  }

  @Override
  public Optional<RemoteFile> findFile(DatasetFile file) {
    return files.find(file);
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
    List<Job> found = new ArrayList<>();
    for (Listed item : list()) {
      if (item.isOf(request)) {
        found.add(item.job());
      } else if (item.mayBeOf(request) && !item.job().status().isFinal()) {
        throw new UncertainException(
            ("%s trains on the same file, but Together does not report its suffix yet, so it"
                    + " may be this run; retry in a minute, or cancel it")
                .formatted(item.job().id()),
            null);
      }
    }
    found.sort(oldestFirst());
    return found;
  }

  /** A job in the list; suffix and name of its model are empty until they are reported. */
  private record Listed(Job job, String suffix, String name) {

    // Not by the file too: the same bytes may have been uploaded again, under another id.
    boolean isOf(JobRequest request) {
      String own = RunSuffix.of(request);
      return suffix.equals(own) || name.contains(own);
    }

    boolean mayBeOf(JobRequest request) {
      return suffix.isEmpty()
          && name.isEmpty()
          && request.training().id().equals(job.trainingFile());
    }
  }

  @Override
  public Job create(JobRequest request) {
    ObjectNode body = TogetherRequest.create(request, isTuned(request.settings().model()));
    return http.json(
        ApiRequest.create(JOBS, body),
        json -> {
          Listed created = listed(json);
          if (!created.isOf(request) && !created.mayBeOf(request)) {
            throw new UnexpectedAnswerException("the response is not about the job of this run");
          }
          return created.job();
        });
  }

  @Override
  public boolean estimates(TrainingSettings settings) {
    return true;
  }

  @Override
  public Optional<BigDecimal> estimate(JobRequest request) {
    return http.json(
        ApiRequest.post(
            JOBS + "/estimate-price",
            TogetherRequest.estimate(request, isTuned(request.settings().model()))),
        Together::price);
  }

  private static Optional<BigDecimal> price(JsonNode answer) {
    if (answer.path("estimation_available").isBoolean()
        && !answer.path("estimation_available").booleanValue()) {
      return Optional.empty();
    }
    JsonNode price = answer.path("estimated_total_price");
    if (!price.isNumber() || price.decimalValue().signum() < 0) {
      throw new UnexpectedAnswerException("the response has no 'estimated_total_price'");
    }
    return Optional.of(price.decimalValue());
  }

  /** Whether a model was fine-tuned here, by job id or model name. */
  private boolean isTuned(String model) {
    String name = model.replaceFirst(":\\d+$", "");
    if (name.startsWith("ft-")) {
      return true;
    }
    return list().stream().anyMatch(item -> item.name().equals(name));
  }

  private List<Listed> list() {
    return http.json(ApiRequest.get(JOBS), json -> Fields.list(json, "data", this::listed));
  }

  private Listed listed(JsonNode json) {
    return new Listed(
        job(json), Fields.text(json, "suffix"), Fields.text(json, "model_output_name"));
  }

  private Job job(JsonNode json) {
    return TogetherJobs.job(json, clock);
  }

  private Job job(JsonNode json, String id) {
    Fields.requireSame(json, "id", id);
    return job(json);
  }

  private static Comparator<Job> oldestFirst() {
    return Comparator.comparing(
            (Job job) -> Objects.requireNonNullElse(job.createdAt(), Instant.EPOCH))
        .thenComparing(Job::id);
  }

  @Override
  public Job job(String id) {
    return http.json(ApiRequest.get(JOBS + "/" + id), json -> job(json, id));
  }

  @Override
  public Page<Job> jobs(String after, int limit) {
    List<Job> all = new ArrayList<>();
    list().forEach(item -> all.add(item.job()));
    all.sort(oldestFirst().reversed());
    return Page.of(all, Job::id, after, limit);
  }

  @Override
  public Job cancel(String id) {
    try {
      return http.json(
          ApiRequest.post(JOBS + "/" + id + "/cancel", Json.object()), json -> job(json, id));
    } catch (RefusedException e) {
      Job job = job(id);
      if (job.status().isFinal()) {
        return job;
      }
      throw e;
    }
  }

  @Override
  public List<JobEvent> events(String job, Set<String> known) {
    List<JobEvent> events = new ArrayList<>();
    Set<String> seen = new HashSet<>(known);
    for (JobEvent event :
        http.json(
            ApiRequest.get(JOBS + "/" + job + "/events"),
            json -> Fields.list(json, "data", TogetherJobs::event))) {
      if (seen.add(event.id())) {
        events.add(event);
      }
    }
    events.sort(Comparator.comparing(JobEvent::at));
    return events;
  }

  @Override
  public List<Checkpoint> checkpoints(String job) {
    List<Checkpoint> checkpoints =
        http.json(
            ApiRequest.get(JOBS + "/" + job + "/checkpoints"),
            json -> Fields.list(json, "data", item -> checkpoint(job, item)));
    checkpoints.sort(Comparator.comparing(Checkpoint::step));
    return checkpoints;
  }

  private static Checkpoint checkpoint(String job, JsonNode json) {
    long step = json.path("step").asLong();
    return new Checkpoint(
        job + ":" + step,
        step,
        Fields.text(json, "object_name"),
        Fields.instant(json, "created_at"),
        Json.object());
  }

  @Override
  public Optional<byte[]> results(Job job) {
    try {
      return MetricsCsv.ofRecords(
          http.json(ApiRequest.get(JOBS + "/" + job.id() + "/metrics")).path("metrics"));
    } catch (RefusedException e) {
      if (e.status() == 404) {
        return Optional.empty();
      }
      throw e;
    }
  }

  @Override
  public List<LiveModel> models() {
    return http.json(
        ApiRequest.get("models"),
        json ->
            Fields.list(
                json.isArray() ? Json.object().set("data", json) : json,
                "data",
                item ->
                    new LiveModel(
                        Fields.required(item, "id"), Fields.optional(item, "organization"), null)));
  }

  @Override
  public Optional<List<TrainableModel>> trainable(Set<String> asked) {
    Set<String> ids =
        http.json(
            ApiRequest.get(JOBS + "/models/supported"),
            json -> {
              Set<String> found = new TreeSet<>();
              json.path("models").forEach(id -> found.add(id.asText()));
              if (found.isEmpty()) {
                throw new UnexpectedAnswerException("the response has no list 'models'");
              }
              return found;
            });
    return Optional.of(
        ids.stream()
            .map(id -> new TrainableModel(id, null, asked.contains(id) ? limits(id) : List.of()))
            .toList());
  }

  private List<String> limits(String model) {
    return http.json(
        ApiRequest.get(JOBS + "/models/limits").with("model_name", model),
        json -> {
          Fields.requireSame(json, "model_name", model);
          JsonNode lora = json.path("lora_training");
          List<String> limits = new ArrayList<>();
          limits.add("at most %s epochs".formatted(json.path("max_num_epochs").asText()));
          limits.add(
              "learning rate %s to %s"
                  .formatted(
                      json.path("min_learning_rate").decimalValue().toPlainString(),
                      json.path("max_learning_rate").decimalValue().toPlainString()));
          if (lora.isObject()) {
            limits.add(
                "LoRA rank at most %s, batch size %s to %s (%s for preferences)"
                    .formatted(
                        lora.path("max_rank").asText(),
                        lora.path("min_batch_size").asText(),
                        lora.path("max_batch_size").asText(),
                        lora.path("max_batch_size_dpo").asText()));
          }
          return limits;
        });
  }

  /** A fine-tuned model is deleted together with its job. */
  @Override
  public void delete(String model) {
    if (RemoteFile.isId(model)) {
      http.delete("files/" + model);
      return;
    }
    for (Listed item : list()) {
      if (item.name().equals(model)) {
        http.json(ApiRequest.delete(JOBS + "/" + item.job().id()));
        return;
      }
    }
    throw wrongUse("no job of this Together AI account has a model named " + model);
  }

  @Override
  public Inference inference() {
    return new OpenAiInference(http);
  }

  @Override
  public List<String> afterwards(Job job) {
    return List.of(
        ("if %s is not served by its name, deploy it to a dedicated endpoint, billed by the hour"
                + " (https://docs.together.ai/docs/deploying-a-fine-tuned-model)")
            .formatted(job.tunedModel() == null ? "the fine-tuned model" : job.tunedModel()));
  }
}
