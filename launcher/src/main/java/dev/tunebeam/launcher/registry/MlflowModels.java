package dev.tunebeam.launcher.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tunebeam.launcher.http.ApiRequest;
import dev.tunebeam.launcher.http.Http;
import dev.tunebeam.launcher.http.Json;
import dev.tunebeam.launcher.http.RefusedException;
import dev.tunebeam.launcher.http.UnexpectedAnswerException;
import dev.tunebeam.launcher.registry.PromotedModel.MlflowVersion;
import java.util.Map;
import java.util.TreeMap;

/**
 * A registered model at an MLflow tracking server: a version for each promoted model, and aliases
 * as names. What is there already is not made again, so a call that failed can be repeated.
 */
public final class MlflowModels {

  /** The alias of the version that had the name before. */
  public static final String PREVIOUS = "previous";

  private static final String THERE = "RESOURCE_ALREADY_EXISTS";

  private final Http http;
  private final String uri;
  private final String name;

  /**
   * A registered model; it need not exist yet.
   *
   * @param http for paths below {@code URI/api/2.0/mlflow}
   * @param uri of the tracking server
   */
  public MlflowModels(Http http, String uri, String name) {
    this.http = http;
    this.uri = uri;
    this.name = name;
  }

  /** The version of a model: the one that is recorded, or a new one. */
  public MlflowVersion version(PromotedModel model) {
    MlflowVersion known = model.mlflow();
    if (known != null && known.uri().equals(uri) && known.name().equals(name)) {
      return known;
    }
    try {
      http.json(ApiRequest.post("registered-models/create", body()));
    } catch (RefusedException e) {
      if (!e.code().equals(THERE)) {
        throw e;
      }
    }
    ObjectNode create = body().put("source", model.baseUrl() + "models/" + model.model());
    Map<String, String> tags = new TreeMap<>();
    tags.put("model", model.model());
    tags.put("provider", model.provider());
    if (model.digest() != null) {
      tags.put("digest", model.digest());
    }
    model.scores().forEach((score, value) -> tags.put(score, value.toString()));
    var list = create.putArray("tags");
    tags.forEach((key, value) -> list.addObject().put("key", key).put("value", value));
    // A version too many, after a lost response, has no alias and does no harm.
    return http.json(
        ApiRequest.post("model-versions/create", create),
        answer -> {
          JsonNode version = answer.path("model_version").path("version");
          if (version.asText().isEmpty()) {
            throw new UnexpectedAnswerException("the response has no 'model_version.version'");
          }
          return new MlflowVersion(uri, name, version.asText());
        });
  }

  /** Lets an alias point to a version. */
  public void alias(String alias, MlflowVersion version) {
    http.json(
        ApiRequest.post(
            "registered-models/alias",
            body().put("alias", alias).put("version", version.version())));
  }

  private ObjectNode body() {
    return Json.object().put("name", name);
  }
}
