package dev.tunebeam.launcher.standin;

import java.util.Set;
import java.util.function.UnaryOperator;

/** OpenAI's API, and those that follow it with small differences: Azure and Nebius. */
final class OpenAiDialect implements Dialect {
  /**
   * What differs.
   *
   * @param prefix where it is mounted
   * @param keyHeader true: the key comes in {@code api-key}
   * @param suffixLimit characters
   * @param moreHyperparameters beside OpenAI's
   */
  record Variant(
      String prefix, boolean keyHeader, int suffixLimit, Set<String> moreHyperparameters) {}

  static final Variant OPENAI = new Variant("/v1/", false, 64, Set.of());
  static final Variant AZURE = new Variant("/openai/v1/", true, 40, Set.of());

  /** Azure's older path, which is documented for the developer tier of training. */
  static final Variant AZURE_PREVIEW = new Variant("/openai/", true, 40, Set.of());

  static final Variant NEBIUS =
      new Variant(
          "/nebius/",
          false,
          64,
          Set.of(
              "learning_rate",
              "lora",
              "lora_r",
              "lora_alpha",
              "lora_dropout",
              "packing",
              "context_length",
              "warmup_ratio",
              "weight_decay",
              "max_grad_norm"));

  private final Variant variant;
  private final Routes routes = new Routes();

  OpenAiDialect(
      Variant variant, Store store, BaseModels models, Training training, Behaviour behaviour) {
    this(variant, store, models, training, behaviour, UnaryOperator.identity());
  }

  /** With the model that answers for a name. */
  OpenAiDialect(
      Variant variant,
      Store store,
      BaseModels models,
      Training training,
      Behaviour behaviour,
      UnaryOperator<String> asked) {
    this.variant = variant;
    boolean nebius = variant.equals(NEBIUS);
    String v1 = nebius ? "v1/" : "";
    OpenAiFiles files = new OpenAiFiles(store, behaviour);
    OpenAiUploads uploads = new OpenAiUploads(store, behaviour);
    JobRequest requests = new JobRequest(store, models, variant);
    OpenAiJobs jobs = new OpenAiJobs(store, training, behaviour, requests, nebius);
    OpenAiModels modelList = new OpenAiModels(store, models);
    Completions completions = new Completions(store, models, behaviour, asked);
    if (nebius) {
      routes.add("DELETE", "v0/models/{*}", modelList::delete);
    }
    routes.add("POST", v1 + "files", files::create);
    routes.add("GET", v1 + "files", files::list);
    routes.add("GET", v1 + "files/{}", files::get);
    routes.add("DELETE", v1 + "files/{}", files::delete);
    routes.add("GET", v1 + "files/{}/content", files::content);
    routes.add("POST", v1 + "uploads", uploads::create);
    routes.add("POST", v1 + "uploads/{}/parts", uploads::addPart);
    routes.add("POST", v1 + "uploads/{}/complete", uploads::complete);
    routes.add("POST", v1 + "uploads/{}/cancel", uploads::cancel);
    routes.add("POST", v1 + "fine_tuning/jobs", jobs::create);
    routes.add("GET", v1 + "fine_tuning/jobs", jobs::list);
    routes.add("GET", v1 + "fine_tuning/jobs/{}", jobs::get);
    routes.add("POST", v1 + "fine_tuning/jobs/{}/cancel", jobs::cancel);
    routes.add("POST", v1 + "fine_tuning/jobs/{}/pause", jobs::pause);
    routes.add("POST", v1 + "fine_tuning/jobs/{}/resume", jobs::resume);
    routes.add("GET", v1 + "fine_tuning/jobs/{}/events", jobs::events);
    routes.add("GET", v1 + "fine_tuning/jobs/{}/checkpoints", jobs::checkpoints);
    routes.add("GET", v1 + "models", modelList::list);
    routes.add("GET", v1 + "models/{*}", modelList::get);
    routes.add("DELETE", v1 + "models/{*}", modelList::delete);
    routes.add("POST", v1 + "chat/completions", completions::chat);
    routes.add("POST", v1 + "completions", completions::complete);
  }

  @Override
  public String prefix() {
    return variant.prefix();
  }

  @Override
  public boolean authorized(Call call, String key) {
    return variant.keyHeader()
        ? key.equals(call.header("api-key")) || Dialect.bearer(call, AzureManagement.DATA_TOKEN)
        : Dialect.bearer(call, key);
  }

  @Override
  public Answer answer(Call call) {
    return routes.answer(call);
  }

  @Override
  public Answer refuse(Refusal refusal) {
    return Answer.openAiError(refusal);
  }
}
