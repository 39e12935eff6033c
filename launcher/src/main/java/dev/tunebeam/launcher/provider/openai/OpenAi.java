package dev.tunebeam.launcher.provider.openai;

import dev.tunebeam.dataset.Format;
import dev.tunebeam.dataset.settings.Method;
import dev.tunebeam.dataset.settings.ProviderName;
import dev.tunebeam.launcher.provider.Connection;
import dev.tunebeam.launcher.provider.ProviderProfile;
import dev.tunebeam.launcher.provider.ProviderProfile.Offer;
import java.util.EnumSet;

/** OpenAI: the unmodified dialect. No new jobs from 2027-01-06. */
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

  public OpenAi(Connection connection) {
    super(connection.bearer(""), connection.clock());
  }

  @Override
  public ProviderProfile profile() {
    return PROFILE;
  }
}
