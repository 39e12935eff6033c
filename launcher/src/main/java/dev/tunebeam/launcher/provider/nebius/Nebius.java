package dev.tunebeam.launcher.provider.nebius;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tunebeam.dataset.Format;
import dev.tunebeam.dataset.Manifest;
import dev.tunebeam.dataset.settings.Method;
import dev.tunebeam.dataset.settings.ProviderName;
import dev.tunebeam.launcher.http.ApiRequest;
import dev.tunebeam.launcher.http.Http;
import dev.tunebeam.launcher.http.Json;
import dev.tunebeam.launcher.http.RefusedException;
import dev.tunebeam.launcher.provider.Connection;
import dev.tunebeam.launcher.provider.Fields;
import dev.tunebeam.launcher.provider.Job;
import dev.tunebeam.launcher.provider.JobRequest;
import dev.tunebeam.launcher.provider.MetricsCsv;
import dev.tunebeam.launcher.provider.ProviderProfile;
import dev.tunebeam.launcher.provider.ProviderProfile.Offer;
import dev.tunebeam.launcher.provider.RunSuffix;
import dev.tunebeam.launcher.provider.TrainingSettings;
import dev.tunebeam.launcher.provider.UploadParts;
import dev.tunebeam.launcher.provider.openai.OpenAiDialect;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Nebius Token Factory: OpenAI's paths and statuses for open models. Differences:
 *
 * <ul>
 *   <li>Hyperparameters are top-level, not nested in a method, and include an absolute learning
 *       rate. Training uses LoRA; the provider's other defaults are kept (packing, 8,192 tokens per
 *       example).
 *   <li>Jobs have no metadata: the run is in the suffix ({@link RunSuffix}), which the API returns.
 *   <li>A file of up to 5 GB is sent in one request; there are no multipart uploads.
 *   <li>The result files of a job are weights; metrics come from the checkpoints.
 *   <li>A fine-tuned model is served after a deployment in the console.
 * </ul>
 *
 * <p>Sources: docs.tokenfactory.nebius.com, "Create a fine-tuning job" and "Get fine-tuning job
 * info" (OpenAPI version 20260506), "How to fine-tune your custom model", "Datasets". Not
 * confirmed: that tuned models are served by dedicated endpoints only, billed per GPU-hour (quoted
 * elsewhere in September 2026), and that {@code DELETE /v0/models/NAME} needs only the name.
 */
public final class Nebius extends OpenAiDialect {

  /** The provider's default {@code context_length}. */
  private static final int CONTEXT_TOKENS = 8192;

  private static final long MOST_BYTES = 5_000_000_000L;

  public static final ProviderProfile PROFILE =
      new ProviderProfile(
          ProviderName.NEBIUS.toString(),
          "Nebius Token Factory",
          "https://api.tokenfactory.nebius.com/v1/",
          "NEBIUS_BASE_URL",
          "NEBIUS_API_KEY",
          64 - RunSuffix.LENGTH,
          MOST_BYTES,
          EnumSet.of(Format.CHAT, Format.COMPLETION),
          EnumSet.of(Method.SUPERVISED),
          EnumSet.of(Offer.SEED, Offer.BATCH_SIZE, Offer.LEARNING_RATE, Offer.CHECKPOINTS));

  private final Http deployments;

  public Nebius(Connection connection) {
    super(connection.bearer(""), connection.clock(), MOST_BYTES, UploadParts.LARGEST);
    this.deployments = connection.bearer("../v0/");
  }

  @Override
  public ProviderProfile profile() {
    return PROFILE;
  }

  @Override
  protected void describe(ObjectNode body, JobRequest request) {
    body.put("suffix", RunSuffix.of(request));
    body.set("hyperparameters", hyperparameters(request.settings()));
  }

  @Override
  protected ObjectNode hyperparameters(TrainingSettings settings) {
    ObjectNode values = Json.object();
    Fields.putIfSet(values, "n_epochs", settings.epochs());
    Fields.putIfSet(values, "batch_size", settings.batchSize());
    Fields.putIfSet(values, "learning_rate", settings.learningRate());
    return values.put("lora", true);
  }

  @Override
  protected ApiRequest ofRun(ApiRequest list, JobRequest request) {
    return list;
  }

  @Override
  protected boolean carries(JsonNode job, JobRequest request) {
    // Not by the file too: the same bytes may have been uploaded again, under another id.
    return job.path("suffix").asText().equals(RunSuffix.of(request));
  }

  @Override
  public Optional<byte[]> results(Job job) {
    return MetricsCsv.ofCheckpoints(checkpoints(job.id()));
  }

  @Override
  protected void deleteModel(String model) {
    try {
      deployments.json(ApiRequest.delete("models/" + model));
    } catch (RefusedException e) {
      if (e.status() != 404) {
        throw e;
      }
    }
  }

  @Override
  public List<String> beforehand(Manifest manifest, TrainingSettings settings) {
    long longest = manifest.tokens().perExample().max();
    return longest <= CONTEXT_TOKENS
        ? List.of()
        : List.of(
            String.format(
                Locale.ROOT,
                "the longest example has about %,d tokens; %s truncates examples to %,d tokens",
                longest,
                PROFILE.title(),
                CONTEXT_TOKENS));
  }

  @Override
  public List<String> afterwards(Job job) {
    return List.of(
        "the model must be deployed before use, in the console: since September 2026 probably only on"
            + " a dedicated endpoint, billed per GPU-hour (not confirmed; check its price first)",
        "ask and evaluate take the name of the deployment");
  }
}
