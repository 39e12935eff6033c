package dev.tunebeam.launcher.provider.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tunebeam.dataset.Format;
import dev.tunebeam.dataset.settings.Method;
import dev.tunebeam.dataset.settings.ProviderName;
import dev.tunebeam.launcher.http.ApiRequest;
import dev.tunebeam.launcher.provider.Connection;
import dev.tunebeam.launcher.provider.JobRequest;
import dev.tunebeam.launcher.provider.ProviderProfile;
import dev.tunebeam.launcher.provider.ProviderProfile.Offer;
import java.util.EnumSet;

/**
 * OpenAI: the unmodified dialect. No new jobs from 2027-01-06. At another address, such as
 * Crusoe's, it is not certain that jobs have metadata: there, a job on the same file without any is
 * never passed over, since it may be that of the run.
 */
public final class OpenAi extends OpenAiDialect {

  public static final ProviderProfile PROFILE =
      new ProviderProfile(
          ProviderName.OPENAI.toString(),
          "OpenAI",
          "https://api.openai.com/v1/",
          "OPENAI_BASE_URL",
          "OPENAI_API_KEY",
          64,
          8L << 30,
          EnumSet.of(Format.CHAT, Format.COMPLETION, Format.PREFERENCE),
          EnumSet.allOf(Method.class),
          EnumSet.of(
              Offer.SEED,
              Offer.BATCH_SIZE,
              Offer.LEARNING_RATE_MULTIPLIER,
              Offer.BETA,
              Offer.WANDB,
              Offer.PAUSE,
              Offer.CHECKPOINTS));

  private final boolean elsewhere;

  public OpenAi(Connection connection) {
    super(connection.bearer(""), connection.clock());
    this.elsewhere = !connection.base().toString().equals(PROFILE.baseUrl());
  }

  /** Elsewhere unfiltered: a filter by what jobs do not have would leave out the job of the run. */
  @Override
  protected ApiRequest ofRun(ApiRequest list, JobRequest request) {
    return elsewhere ? list : super.ofRun(list, request);
  }

  @Override
  protected boolean mayBeOf(JsonNode job, JobRequest request) {
    return elsewhere
        && !job.path("metadata").has(JobRequest.RUN)
        && job.path("training_file").asText().equals(request.training().id());
  }

  @Override
  public ProviderProfile profile() {
    return PROFILE;
  }
}
