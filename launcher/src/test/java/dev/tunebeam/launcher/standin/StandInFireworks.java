package dev.tunebeam.launcher.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Fireworks' API: datasets, jobs of both kinds, models of one account; inference as OpenAI's. Names
 * are whole paths such as {@code accounts/stand-in/datasets/reviews}; errors are those of its
 * gateway: code, message, details.
 */
final class StandInFireworks implements Dialect {
  static final String ACCOUNT = "stand-in";
  private static final Map<Integer, Integer> CODES =
      Map.of(400, 3, 401, 16, 403, 7, 404, 5, 405, 12, 409, 6, 413, 3, 429, 8);

  private final Routes routes = new Routes();
  private final Store store;
  private final BaseModels models;

  StandInFireworks(
      Store store,
      BaseModels models,
      Training training,
      Behaviour behaviour,
      SignedAddresses addresses) {
    this.store = store;
    this.models = models;
    FireworksDatasets datasets = new FireworksDatasets(store, behaviour, addresses);
    Completions completions = new Completions(store, models, behaviour);
    String account = "v1/accounts/" + ACCOUNT + "/";
    routes.add("POST", account + "datasets", datasets::create);
    routes.add("GET", account + "datasets", datasets::list);
    routes.add("GET", account + "datasets/{}", datasets::get);
    routes.add("DELETE", account + "datasets/{}", datasets::delete);
    routes.add("POST", account + "datasets/{}:upload", datasets::upload);
    routes.add("POST", account + "datasets/{}:getUploadEndpoint", datasets::uploadEndpoint);
    routes.add("POST", account + "datasets/{}:validateUpload", datasets::validateUpload);
    for (FireworksKind kind : FireworksKind.values()) {
      FireworksJobs jobs =
          new FireworksJobs(kind, store, models, training, behaviour, addresses, datasets);
      if (kind == FireworksKind.SUPERVISED) {
        routes.add("POST", account + kind.path + ":estimateCost", jobs::estimate);
      }
      routes.add("POST", account + kind.path, jobs::create);
      routes.add("GET", account + kind.path, jobs::list);
      routes.add("GET", account + kind.path + "/{}", jobs::get);
      routes.add("DELETE", account + kind.path + "/{}", jobs::delete);
      routes.add("POST", account + kind.path + "/{}:cancel", jobs::cancel);
      routes.add("POST", account + kind.path + "/{}:resume", jobs::resume);
      routes.add("GET", account + kind.path + "/{}:getMetricsFileEndpoint", jobs::metricsFile);
    }
    routes.add("GET", "v1/{*}", this::model);
    routes.add("DELETE", "v1/{*}", this::deleteModel);
    routes.add("GET", "inference/v1/models", new OpenAiModels(store, models)::list);
    routes.add("POST", "inference/v1/chat/completions", completions::chat);
    routes.add("POST", "inference/v1/completions", completions::complete);
  }

  private Answer model(Call call, List<String> ids) {
    if (ids.get(0).equals("accounts/" + ACCOUNT + "/models")) {
      ObjectNode list = Json.object();
      list.set("models", Json.array(store.models(), tuned -> model(tuned.id())));
      return Answer.ok(list.put("nextPageToken", "").put("totalSize", store.models().size()));
    }
    if (ids.get(0).equals("accounts/fireworks/models")) {
      return baseModels(call.query("pageToken"));
    }
    if (store.model(ids.get(0)) == null && models.get(ids.get(0)) == null) {
      throw Refusal.notFound(null, null, "model \"" + ids.get(0) + "\" not found");
    }
    return Answer.ok(model(ids.get(0)));
  }

  /** Of the account that has them, in pages of one. */
  private Answer baseModels(@Nullable String token) {
    List<BaseModels.Base> all =
        models.all().stream().filter(base -> base.id().startsWith("accounts/fireworks/")).toList();
    int first = token == null || token.isEmpty() ? 0 : Integer.parseInt(token);
    ObjectNode list = Json.object();
    list.putArray("models")
        .addObject()
        .put("name", all.get(first).id())
        .put("kind", "HF_BASE_MODEL")
        .put("tunable", all.get(first).trainable())
        .put("supervisedLoraTunable", all.get(first).trainable())
        .put("trainingContextLength", 65_536);
    int next = first + 1;
    return Answer.ok(
        list.put("nextPageToken", next < all.size() ? String.valueOf(next) : "")
            .put("totalSize", all.size()));
  }

  private Answer deleteModel(Call call, List<String> ids) {
    if (store.model(ids.get(0)) == null) {
      throw Refusal.notFound(null, null, "model \"" + ids.get(0) + "\" not found");
    }
    store.removeModel(ids.get(0));
    return Answer.ok(Json.object());
  }

  private JsonNode model(String name) {
    boolean tuned = store.model(name) != null;
    return Json.object()
        .put("name", name)
        .put("state", "READY")
        .put("kind", tuned ? "HF_PEFT_ADDON" : "HF_BASE_MODEL")
        .put("tunable", models.trainable(name));
  }

  @Override
  public String prefix() {
    return "/fireworks/";
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
    ObjectNode json =
        Json.object()
            .put("code", CODES.getOrDefault(refusal.status(), 2))
            .put("message", refusal.text());
    json.set("details", Json.array());
    return Answer.json(refusal.status(), json);
  }
}
