package dev.tunebeam.launcher.standin;

import java.util.List;

/** Together's {@code /fine-tunes/estimate-price}: available with a price, or not with a reason. */
final class TogetherPrices {
  private static final double DOLLARS_PER_MILLION = 0.34;
  private static final int BYTES_PER_TOKEN = 4;
  private final Store store;
  private final Behaviour behaviour;

  TogetherPrices(Store store, Behaviour behaviour) {
    this.store = store;
    this.behaviour = behaviour;
  }

  Answer estimate(Call call, List<String> ids) {
    Fields body = new Fields(call.json());
    body.only(
        "training_file",
        "validation_file",
        "model",
        "n_epochs",
        "n_evals",
        "training_method",
        "training_type",
        "from_checkpoint");
    long train = tokens(body.text("training_file")) * body.whole("n_epochs", 1, 20, 1);
    String validation = body.optionalText("validation_file");
    long eval = validation == null ? 0 : tokens(validation) * body.whole("n_evals", 0, 100, 0);
    String reason = behaviour.priceUnavailable();
    if (reason != null) {
      return Answer.ok(
          Json.object().put("estimation_available", false).put("unavailable_reason", reason));
    }
    return Answer.ok(
        Json.object()
            .put("estimation_available", true)
            .put("allowed_to_proceed", true)
            .put("estimated_total_price", dollars(train + eval))
            .put("estimated_train_token_count", train)
            .put("estimated_eval_token_count", eval)
            .put("user_limit", 100.0));
  }

  private double dollars(long tokens) {
    Double given = behaviour.estimatedPrice();
    return given == null ? tokens * DOLLARS_PER_MILLION / 1e6 : given;
  }

  private long tokens(String fileId) {
    StoredFile file = store.file(fileId);
    if (file == null) {
      throw Refusal.notFound("training_file", "not_found", "file not found: " + fileId);
    }
    return file.content().size() / BYTES_PER_TOKEN;
  }
}
