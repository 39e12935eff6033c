package dev.tunebeam.launcher.provider.azure;

import dev.tunebeam.dataset.Format;
import dev.tunebeam.dataset.settings.Method;
import dev.tunebeam.dataset.settings.ProviderName;
import dev.tunebeam.launcher.http.ApiRequest;
import dev.tunebeam.launcher.provider.Connection;
import dev.tunebeam.launcher.provider.Job;
import dev.tunebeam.launcher.provider.JobRequest;
import dev.tunebeam.launcher.provider.ProviderProfile;
import dev.tunebeam.launcher.provider.ProviderProfile.Offer;
import dev.tunebeam.launcher.provider.openai.OpenAiDialect;
import java.util.EnumSet;
import java.util.List;

/**
 * Azure OpenAI: OpenAI's dialect at the customer's own endpoint, below {@code openai/v1/}, with the
 * key in the header {@code api-key}. Differences:
 *
 * <ul>
 *   <li>The suffix is limited to 40 characters.
 *   <li>Jobs have metadata, but cannot be filtered by it.
 *   <li>The fine-tuned model must be deployed through another API, is called by the deployment's
 *       name, and costs $1.70 an hour from then on.
 * </ul>
 *
 * <p>Sources: the API specification azure-v1-v1-generated.json in github.com/Azure/
 * azure-rest-api-specs (paths, header, metadata, the list's parameters), Microsoft's guide to
 * deploying fine-tuned models (15 days). Not confirmed: {@code uploads} below {@code openai/v1/};
 * it is documented below {@code openai/uploads} for API version 2024-10-21.
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
          8L << 30,
          EnumSet.of(Format.CHAT, Format.PREFERENCE),
          EnumSet.allOf(Method.class),
          EnumSet.of(
              Offer.SEED,
              Offer.BATCH_SIZE,
              Offer.LEARNING_RATE_MULTIPLIER,
              Offer.BETA,
              Offer.PAUSE,
              Offer.CHECKPOINTS));

  private static final String PATH = "openai/v1/";

  public AzureOpenAi(Connection connection) {
    super(
        connection.http(
            connection.base().encodedPath().endsWith("/" + PATH) ? "" : PATH, "api-key", ""),
        connection.clock());
  }

  @Override
  public ProviderProfile profile() {
    return PROFILE;
  }

  @Override
  protected ApiRequest ofRun(ApiRequest list, JobRequest request) {
    return list;
  }

  @Override
  public List<String> afterwards(Job job) {
    return List.of(
        ("%s must be deployed before use: in the Azure portal, or with"
                + " 'az cognitiveservices account deployment create'")
            .formatted(job.tunedModel() == null ? "the fine-tuned model" : job.tunedModel()),
        "a deployment costs $1.70 an hour, used or not, until it is deleted; Azure deletes"
            + " it after 15 days without a request",
        "ask and evaluate take the deployment's name as the model");
  }
}
