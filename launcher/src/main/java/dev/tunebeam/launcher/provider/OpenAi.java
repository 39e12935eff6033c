package dev.tunebeam.launcher.provider;

import dev.tunebeam.dataset.Format;
import dev.tunebeam.launcher.provider.Traits.Offer;
import java.util.EnumSet;

/** OpenAI: the dialect as it is. Closes to new jobs on 2027-01-06. */
final class OpenAi extends OpenAiDialect {

  static final Traits TRAITS =
      new Traits(
          "openai",
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

  OpenAi(Connection connection) {
    super(connection.bearer(""), connection.clock());
  }

  @Override
  public Traits traits() {
    return TRAITS;
  }
}
