package dev.tunebeam.launcher.provider.azure;

import static dev.tunebeam.launcher.process.LauncherException.wrongUse;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tunebeam.dataset.Format;
import dev.tunebeam.dataset.Manifest;
import dev.tunebeam.dataset.TrainingType;
import dev.tunebeam.dataset.settings.Method;
import dev.tunebeam.dataset.settings.ProviderName;
import dev.tunebeam.dataset.terminal.Figures;
import dev.tunebeam.dataset.terminal.ShellCommand;
import dev.tunebeam.launcher.http.ApiRequest;
import dev.tunebeam.launcher.http.Authorization;
import dev.tunebeam.launcher.http.Http;
import dev.tunebeam.launcher.provider.Connection;
import dev.tunebeam.launcher.provider.DatasetFile;
import dev.tunebeam.launcher.provider.Deployments;
import dev.tunebeam.launcher.provider.Job;
import dev.tunebeam.launcher.provider.JobRequest;
import dev.tunebeam.launcher.provider.ProviderProfile;
import dev.tunebeam.launcher.provider.ProviderProfile.Offer;
import dev.tunebeam.launcher.provider.TrainingSettings;
import dev.tunebeam.launcher.provider.openai.OpenAiDialect;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;

/**
 * Azure OpenAI: OpenAI's dialect at the customer's own endpoint, below {@code openai/v1/}, with the
 * key in the header {@code api-key}. Differences:
 *
 * <ul>
 *   <li>The suffix is limited to 40 characters.
 *   <li>Jobs have metadata, but cannot be filtered by it.
 *   <li>A file has at most 512 MB, and tokens times epochs are at most 2 billion.
 *   <li>The key is in the header {@code api-key}, or a token of Entra ID ({@link EntraLogin}).
 *   <li>There are several types of training, each with its price.
 *   <li>The fine-tuned model must be deployed through another API ({@link AzureDeployments}), and
 *       is called by the deployment's name.
 * </ul>
 *
 * <p>Sources: the API specification azure-v1-v1-generated.json in github.com/Azure/
 * azure-rest-api-specs (paths, header, metadata, the list's parameters), Microsoft's guide to
 * deploying fine-tuned models (15 days), "Complete an upload" (foundry/reference/rest; {@code
 * uploads} answers 404 below a project endpoint, {@code /api/projects/NAME}, so the resource's is
 * used), quotas-limits.md of February 2026.
 */
public final class AzureOpenAi extends OpenAiDialect {

  public static final ProviderProfile PROFILE =
      new ProviderProfile(
          ProviderName.AZURE.toString(),
          "Azure OpenAI",
          null,
          "AZURE_OPENAI_ENDPOINT",
          "AZURE_OPENAI_API_KEY",
          40,
          512L << 20,
          EnumSet.of(Format.CHAT, Format.PREFERENCE),
          EnumSet.allOf(Method.class),
          EnumSet.of(
              Offer.SEED,
              Offer.BATCH_SIZE,
              Offer.LEARNING_RATE_MULTIPLIER,
              Offer.BETA,
              Offer.PAUSE,
              Offer.CHECKPOINTS,
              Offer.TRAINING_TYPE,
              Offer.DEPLOYMENTS,
              Offer.OTHER_LOGIN));

  private static final String PATH = "openai/v1/";

  /** Of an endpoint of a project, which has no uploads. */
  private static final Pattern PROJECT = Pattern.compile("/api/projects/[^/]+/(?:openai/v1/)?$");

  /** The documented version of the developer tier. */
  private static final String PREVIEW = "2025-04-01-preview";

  /** Tokens times epochs of a job. */
  private static final long MOST_TOKENS = 2_000_000_000L;

  private final Connection connection;
  private final Http preview;

  public AzureOpenAi(Connection connection) {
    this(connection, login(connection));
  }

  private AzureOpenAi(Connection connection, Authorization login) {
    super(ofResource(connection).http("", login), connection.clock());
    this.connection = connection;
    this.preview = ofResource(connection).http("../", login);
  }

  private static Authorization login(Connection connection) {
    return connection.key() == null
        ? EntraLogin.of(
            connection,
            EntraLogin.DATA_SCOPE,
            "AZURE_OPENAI_AD_TOKEN",
            "AZURE_OPENAI_API_KEY, --keyFile=FILE, ")
        : new Authorization("api-key", "", connection.key(), connection.keySource());
  }

  /** With the base URL of the resource's API, whichever of its endpoints was given. */
  private static Connection ofResource(Connection connection) {
    HttpUrl base = connection.base();
    String path = PROJECT.matcher(base.encodedPath()).replaceFirst("/");
    return connection.at(
        base.newBuilder().encodedPath(path.endsWith("/" + PATH) ? path : path + PATH).build());
  }

  @Override
  public ProviderProfile profile() {
    return PROFILE;
  }

  @Override
  public void check(Manifest manifest, TrainingSettings settings) {
    int epochs = Objects.requireNonNullElse(settings.epochs(), 1);
    long tokens = manifest.tokens().train();
    if (tokens > MOST_TOKENS / epochs) {
      throw wrongUse(
          "%s of %s tokens are more than the %s that a job at %s may have: train with fewer epochs or examples"
              .formatted(
                  Figures.counted(epochs, "epoch", "epochs"),
                  Figures.count(tokens),
                  Figures.count(MOST_TOKENS),
                  PROFILE.title()));
    }
  }

  @Override
  public List<String> checkAccount(List<DatasetFile> files, TrainingSettings settings) {
    List<Job> jobs =
        jobsUpTo("", Integer.MAX_VALUE).items().stream()
            .filter(job -> !job.status().isFinal())
            .toList();
    return new AzureAccount(files(), jobs).check(files, settings.trainingType());
  }

  /**
   * {@inheritDoc}
   *
   * <p>Below {@code openai/v1/} only GlobalStandard is documented; the developer tier is documented
   * for an older path, whose jobs are the same.
   */
  @Override
  public Job create(JobRequest request) {
    return request.settings().trainingType() == TrainingType.DEVELOPER
        ? create(
            preview, ApiRequest.create(JOBS, body(request)).with("api-version", PREVIEW), request)
        : super.create(request);
  }

  @Override
  protected void describe(ObjectNode body, JobRequest request) {
    super.describe(body, request);
    TrainingType type = request.settings().trainingType();
    if (type == TrainingType.GLOBAL_STANDARD) {
      body.put("trainingType", "GlobalStandard");
    } else if (type == TrainingType.DEVELOPER) {
      body.put("trainingType", "developerTier");
    }
  }

  @Override
  public Deployments deployments() {
    return AzureDeployments.of(
        connection, connection.variables().getOrDefault(AzureDeployments.RESOURCE, ""));
  }

  @Override
  public Deployments deployments(String place) {
    return AzureDeployments.of(connection, place);
  }

  @Override
  protected ApiRequest ofRun(ApiRequest list, JobRequest request) {
    return list;
  }

  @Override
  public List<String> afterwards(Job job) {
    String model = job.tunedModel() == null ? "MODEL" : job.tunedModel();
    return List.of(
        "%s must be deployed before use: %s"
            .formatted(model, ShellCommand.tunebeam("deploy", model, "--provider=azure")),
        "ask and evaluate take the deployment's name as the model, or deploy it for the time they"
            + " need with --deploy",
        "Azure deletes a deployment after 15 days without a request; the model is kept");
  }
}
