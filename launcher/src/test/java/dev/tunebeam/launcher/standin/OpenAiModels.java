package dev.tunebeam.launcher.standin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code /models}: schemas Model, ListModelsResponse, DeleteModelResponse. */
final class OpenAiModels {
  private final Store store;
  private final BaseModels models;

  OpenAiModels(Store store, BaseModels models) {
    this.store = store;
    this.models = models;
  }

  Answer list(Call call, List<String> ids) {
    ArrayNode data = Json.array();
    models.all().forEach(base -> data.add(json(base)));
    store.models().forEach(model -> data.add(json(model)));
    ObjectNode list = Json.object().put("object", "list");
    list.set("data", data);
    return Answer.ok(list);
  }

  Answer get(Call call, List<String> ids) {
    BaseModels.Base base = models.get(ids.get(0));
    if (base != null) {
      return Answer.ok(json(base));
    }
    return Answer.ok(json(find(ids.get(0))));
  }

  Answer delete(Call call, List<String> ids) {
    if (models.get(ids.get(0)) != null) {
      throw new Refusal(
          403,
          "invalid_request_error",
          null,
          null,
          "You have insufficient permissions for this operation.");
    }
    TunedModel model = find(ids.get(0));
    store.removeModel(model.id());
    return Answer.ok(
        Json.object().put("id", model.id()).put("object", "model").put("deleted", true));
  }

  private TunedModel find(String id) {
    TunedModel model = store.model(id);
    if (model == null) {
      throw missing(id);
    }
    return model;
  }

  static Refusal missing(String id) {
    return Refusal.notFound(
        "model",
        "model_not_found",
        "The model `" + id + "` does not exist or you do not have access to it.");
  }

  private static ObjectNode json(BaseModels.Base base) {
    return json(base.id(), 1_700_000_000L, "system", base.shutdown());
  }

  private static ObjectNode json(TunedModel model) {
    return json(model.id(), model.createdAt(), "org-stand-in", null);
  }

  private static ObjectNode json(String id, long created, String owner, @Nullable String shutdown) {
    return Json.object()
        .put("id", id)
        .put("object", "model")
        .put("created", created)
        .put("owned_by", owner)
        .put("shutdown_date", shutdown);
  }
}
