package dev.tunebeam.launcher.standin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Together's API: files by signed redirect, fine-tunes, price estimates; inference as OpenAI's. */
final class StandInTogether implements Dialect {
  private final Routes routes = new Routes();
  private final Store store;
  private final BaseModels models;

  StandInTogether(
      Store store,
      BaseModels models,
      Training training,
      Behaviour behaviour,
      SignedAddresses addresses) {
    this.store = store;
    this.models = models;
    TogetherFiles files = new TogetherFiles(store, behaviour, addresses);
    TogetherJobs jobs = new TogetherJobs(store, models, training, behaviour);
    TogetherPrices prices = new TogetherPrices(store, behaviour);
    Completions completions = new Completions(store, models, behaviour);
    routes.add("POST", "files", files::create);
    routes.add("GET", "files", files::list);
    routes.add("POST", "files/{}/preprocess", files::preprocess);
    routes.add("GET", "files/{}", files::get);
    routes.add("DELETE", "files/{}", files::delete);
    routes.add("GET", "files/{}/content", files::content);
    routes.add("GET", "fine-tunes/models/supported", this::supported);
    routes.add("GET", "fine-tunes/models/limits", this::limits);
    routes.add("POST", "fine-tunes/estimate-price", prices::estimate);
    routes.add("POST", "fine-tunes", jobs::create);
    routes.add("GET", "fine-tunes", jobs::list);
    routes.add("GET", "fine-tunes/{}", jobs::get);
    routes.add("DELETE", "fine-tunes/{}", jobs::delete);
    routes.add("POST", "fine-tunes/{}/cancel", jobs::cancel);
    routes.add("GET", "fine-tunes/{}/events", jobs::events);
    routes.add("GET", "fine-tunes/{}/checkpoints", jobs::checkpoints);
    routes.add("GET", "fine-tunes/{}/metrics", jobs::metrics);
    routes.add("GET", "models", this::models);
    routes.add("POST", "chat/completions", completions::chat);
    routes.add("POST", "completions", completions::complete);
  }

  private Answer supported(Call call, List<String> ids) {
    ObjectNode answer = Json.object();
    ArrayNode all = answer.putArray("models");
    models.all().stream()
        .filter(base -> base.trainable() && base.id().contains("/"))
        .forEach(base -> all.add(base.id()));
    return Answer.ok(answer);
  }

  private Answer limits(Call call, List<String> ids) {
    String name = String.valueOf(call.query("model_name"));
    if (!models.trainable(name)) {
      throw Refusal.notFound(null, null, "model " + name + " not found");
    }
    ObjectNode answer =
        Json.object()
            .put("model_name", name)
            .put("max_num_epochs", 20)
            .put("max_num_evals", 100)
            .put("max_learning_rate", 0.01)
            .put("min_learning_rate", 0.000001)
            .put("supports_vision", false)
            .put("supports_tools", true)
            .put("supports_reasoning", false)
            .put("merge_output_lora", true);
    answer
        .putObject("lora_training")
        .put("max_batch_size", 96)
        .put("max_batch_size_dpo", 48)
        .put("min_batch_size", 8)
        .put("max_rank", 64)
        .putArray("target_modules")
        .add("all-linear");
    return Answer.ok(answer);
  }

  /** Together lists models as a bare array. */
  private Answer models(Call call, List<String> ids) {
    ArrayNode all = Json.array();
    models
        .all()
        .forEach(
            base ->
                all.add(
                    Json.object().put("id", base.id()).put("object", "model").put("type", "chat")));
    store
        .models()
        .forEach(
            tuned ->
                all.add(
                    Json.object()
                        .put("id", tuned.id())
                        .put("object", "model")
                        .put("type", "chat")));
    return Answer.ok(all);
  }

  @Override
  public String prefix() {
    return "/together/v1/";
  }

  @Override
  public boolean authorized(Call call, String key) {
    return Dialect.bearer(call, key);
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
