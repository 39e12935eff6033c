package dev.tunebeam.launcher.provider.fireworks;

import static dev.tunebeam.launcher.process.LauncherException.wrongUse;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tunebeam.dataset.Format;
import dev.tunebeam.dataset.Manifest;
import dev.tunebeam.dataset.settings.Method;
import dev.tunebeam.dataset.settings.ProviderName;
import dev.tunebeam.launcher.http.ApiRequest;
import dev.tunebeam.launcher.http.Http;
import dev.tunebeam.launcher.http.Json;
import dev.tunebeam.launcher.http.RefusedException;
import dev.tunebeam.launcher.inference.Inference;
import dev.tunebeam.launcher.inference.OpenAiInference;
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
import java.util.function.Consumer;
import okhttp3.HttpUrl;

/**
 * Fireworks AI: jobs at {@code /v1/accounts/ACCOUNT}, inference at {@code /inference/v1}.
 * Differences:
 *
 * <ul>
 *   <li>The account name is part of every path: {@code FIREWORKS_ACCOUNT_ID}.
 *   <li>The client sets the job id, which contains the run: creating an existing job fails (409),
 *       and it is found by its id.
 *   <li>Supervised and preference jobs are separate collections with different bodies; preference
 *       jobs have no validation split.
 *   <li>Lists use page tokens. There are no events, only the job's state and progress.
 *   <li>The API estimates the cost of a supervised job, not of a preference job.
 *   <li>A LoRA needs a dedicated deployment, billed by the hour.
 * </ul>
 *
 * <p>Sources: github.com/fw-ai-external/python-sdk (types and resources of supervised_fine_tuning_
 * job, dpo_job, dataset), docs.fireworks.ai: "Fine-tuning via API", "Deploying LoRAs", Gateway REST
 * API 4.259.0 ({@code :estimateCost}). W&amp;B is not supported, since its key would have to be
 * sent in the request. Not confirmed: the 409 for an existing id (google.aip.dev/133 asks for it),
 * {@code :cancel} (in clients, not in the reference), the lengths of names, and the names of
 * metrics.
 *
 * <p>One file because it is one interface with a method for each request.
 */
public final class Fireworks implements Provider {

  public static final ProviderProfile PROFILE =
      new ProviderProfile(
          ProviderName.FIREWORKS.toString(),
          "Fireworks AI",
          "https://api.fireworks.ai/",
          "FIREWORKS_BASE_URL",
          "FIREWORKS_API_KEY",
          63 - RunSuffix.LENGTH,
          5_000_000_000L,
          EnumSet.of(Format.CHAT, Format.PREFERENCE),
          EnumSet.allOf(Method.class),
          EnumSet.of(Offer.BATCH_SIZE, Offer.LEARNING_RATE));

  private static final String ACCOUNT = "FIREWORKS_ACCOUNT_ID";
  private static final int PAGE = 200;

  private final Http http;
  private final Clock clock;
  private final String account;
  private final FireworksDatasets datasets;
  private final Http serving;

  /** The account with the base models. */
  private final Http catalogue;

  public Fireworks(Connection connection) {
    String name =
        Objects.requireNonNullElse(connection.variables().get(ACCOUNT), "")
            .strip()
            .replaceFirst("^accounts/", "");
    if (!name.matches("[A-Za-z0-9_-]+")) {
      throw wrongUse(
          "%s must be set to the Fireworks account name; 'firectl whoami' shows it"
              .formatted(ACCOUNT));
    }
    this.account = "accounts/" + name;
    this.http = connection.bearer("v1/" + account + "/");
    this.clock = connection.clock();
    this.datasets = new FireworksDatasets(http, connection.waiting(), account);
    this.serving = connection.bearer("inference/v1/");
    this.catalogue = connection.bearer("v1/accounts/fireworks/");
  }

  @Override
  public ProviderProfile profile() {
    return PROFILE;
  }

  @Override
  public void check(TrainingSettings settings) {
    Provider.super.check(settings);
    String suffix = settings.suffix();
    if (suffix != null && !suffix.matches("[a-z]([a-z0-9-]*[a-z0-9])?")) {
      throw wrongUse(
          ("--suffix: %s requires lower-case letters, digits and dashes, starting with a"
                  + " letter, not '%s'")
              .formatted(PROFILE.title(), suffix));
    }
  }

  @Override
  public Optional<RemoteFile> findFile(DatasetFile file) {
    return datasets.find(file);
  }

  @Override
  public RemoteFile upload(DatasetFile file, UploadJournal journal) {
    return datasets.upload(file, journal);
  }

  @Override
  public void deleteFile(RemoteFile file) {
    datasets.delete(file);
  }

  @Override
  public List<Job> findJobs(JobRequest request) {
    FireworksKind kind = FireworksKind.of(request.settings().method());
    String id = kind.id(request.run());
    return get(kind, id).map(FireworksJobs::job).stream().toList();
  }

  @Override
  public Job create(JobRequest request) {
    FireworksKind kind = FireworksKind.of(request.settings().method());
    String id = kind.id(request.run());
    return http.json(
        ApiRequest.create(kind.path(), kind.body(request, account)).with(kind.idParameter(), id),
        json -> FireworksJobs.job(json, id));
  }

  @Override
  public boolean estimates(TrainingSettings settings) {
    return FireworksKind.of(settings.method()) == FireworksKind.SFT;
  }

  @Override
  public Optional<BigDecimal> estimate(JobRequest request) {
    FireworksKind kind = FireworksKind.of(request.settings().method());
    return estimates(request.settings())
        ? http.json(
            ApiRequest.post(kind.path() + ":estimateCost", kind.body(request, account)),
            json -> FireworksJobs.dollars(json.path("estimatedCost")))
        : Optional.empty();
  }

  private Optional<JsonNode> get(FireworksKind kind, String id) {
    try {
      return Optional.of(
          http.json(
              ApiRequest.get(kind.path(id)),
              json -> {
                FireworksJobs.job(json, id);
                return json;
              }));
    } catch (RefusedException e) {
      if (e.status() == 404) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** The kind of a job: from its id if tunebeam created it, else by lookup. */
  private FireworksKind kind(String id) {
    for (FireworksKind kind : FireworksKind.values()) {
      if (id.startsWith(kind.prefix())) {
        return kind;
      }
    }
    return get(FireworksKind.DPO, id).isPresent() ? FireworksKind.DPO : FireworksKind.SFT;
  }

  private JsonNode json(String id) {
    return http.json(
        ApiRequest.get(kind(id).path(id)),
        json -> {
          FireworksJobs.job(json, id);
          return json;
        });
  }

  @Override
  public Job job(String id) {
    return FireworksJobs.job(json(id));
  }

  @Override
  public Page<Job> jobs(String after, int limit) {
    List<Job> all = new ArrayList<>();
    for (FireworksKind kind : FireworksKind.values()) {
      pages(
          http,
          kind.path(),
          page -> {
            if (page.has(kind.path())) { // an empty list is left out
              all.addAll(Fields.list(page, kind.path(), FireworksJobs::job));
            }
          });
    }
    all.sort(
        Comparator.comparing((Job j) -> Objects.requireNonNullElse(j.createdAt(), Instant.EPOCH))
            .thenComparing(Job::id)
            .reversed());
    return Page.of(all, Job::id, after, limit);
  }

  /** Reads all pages of a list; a list whose token comes again would have no end, and ends. */
  private static void pages(Http http, String path, Consumer<JsonNode> reader) {
    Set<String> tokens = new HashSet<>();
    String token = null;
    do {
      token =
          http.json(
              ApiRequest.get(path).with("pageSize", String.valueOf(PAGE)).with("pageToken", token),
              page -> {
                reader.accept(page);
                return Fields.optional(page, "nextPageToken");
              });
    } while (token != null && tokens.add(token));
  }

  @Override
  public Job cancel(String id) {
    try {
      http.json(ApiRequest.post(kind(id).path(id) + ":cancel", Json.object()));
    } catch (RefusedException e) {
      if (!job(id).status().isFinal()) {
        throw e;
      }
    }
    return job(id);
  }

  @Override
  public List<JobEvent> events(String job, Set<String> known) {
    JobEvent event = FireworksJobs.event(json(job), clock);
    return known.contains(event.id()) ? List.of() : List.of(event);
  }

  @Override
  public Optional<byte[]> results(Job job) {
    FireworksKind kind = kind(job.id());
    String address =
        kind == FireworksKind.SFT
            ? Fields.text(json(job.id()), "metricsFileSignedUrl")
            : Fields.text(
                http.json(ApiRequest.get(kind.path(job.id()) + ":getMetricsFileEndpoint")),
                "signedUrl");
    HttpUrl signed = HttpUrl.parse(address);
    if (signed == null) {
      return Optional.empty();
    }
    try {
      return MetricsCsv.ofLines(http.bytes(signed));
    } catch (RefusedException e) {
      if (e.status() == 404) {
        return Optional.empty();
      }
      throw e;
    }
  }

  @Override
  public List<LiveModel> models() {
    return serving.json(
        ApiRequest.get("models"),
        json ->
            Fields.list(
                json,
                "data",
                item ->
                    new LiveModel(
                        Fields.required(item, "id"), Fields.optional(item, "owned_by"), null)));
  }

  @Override
  public Optional<List<TrainableModel>> trainable(Set<String> asked) {
    List<TrainableModel> all = new ArrayList<>();
    pages(
        catalogue,
        "models",
        page -> {
          for (JsonNode model : Fields.list(page, "models", item -> item)) {
            if (model.path("supervisedLoraTunable").asBoolean(model.path("tunable").asBoolean())) {
              int context = model.path("trainingContextLength").asInt();
              all.add(
                  new TrainableModel(
                      Fields.required(model, "name"), context > 0 ? context : null, List.of()));
            }
          }
        });
    return Optional.of(all);
  }

  @Override
  public void delete(String model) {
    if (model.startsWith("accounts/") && !model.startsWith(account + "/")) {
      throw wrongUse("%s is not a model of %s".formatted(model, account));
    }
    http.delete("models/" + model.substring(model.lastIndexOf('/') + 1));
  }

  @Override
  public Inference inference() {
    return new OpenAiInference(serving);
  }

  @Override
  public List<String> beforehand(Manifest manifest, TrainingSettings settings) {
    return settings.method() == Method.DPO && manifest.rows().validation() > 0
        ? List.of("Fireworks does not use a validation split for preference training")
        : List.of();
  }

  @Override
  public List<String> afterwards(Job job) {
    return List.of(
        ("%1$s must be deployed before use, on a dedicated deployment billed by the hour:"
                + " firectl deployment create %1$s")
            .formatted(job.tunedModel() == null ? "MODEL" : job.tunedModel()),
        "ask and evaluate take the full name of the model or the deployment, accounts/…");
  }
}
