package dev.tunebeam.launcher.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads and checks a CreateFineTuningJobRequest. */
final class JobRequest {
  private static final int AUTO_EPOCHS = 3;
  private final Store store;
  private final BaseModels models;
  private final OpenAiDialect.Variant variant;

  JobRequest(Store store, BaseModels models, OpenAiDialect.Variant variant) {
    this.store = store;
    this.models = models;
    this.variant = variant;
  }

  JobSpec read(ObjectNode json) {
    Fields body = new Fields(json);
    if (variant.keyHeader() && body.has("trainingType")) {
      String type = body.text("trainingType");
      if (!type.equals(variant.equals(OpenAiDialect.AZURE) ? "GlobalStandard" : "developerTier")) {
        throw body.wrong("trainingType", "one that this path documents");
      }
      json.remove("trainingType");
    }
    body.only(
        "model",
        "training_file",
        "validation_file",
        "hyperparameters",
        "suffix",
        "integrations",
        "seed",
        "method",
        "metadata");
    String model = body.text("model");
    if (!models.trainable(model) && store.model(model) == null) {
      throw Refusal.badRequest(
          "model",
          "model_not_available",
          "Model " + model + " is not available for fine-tuning or does not exist.");
    }
    String training = file(body.text("training_file"), "training_file");
    String validation = body.optionalText("validation_file");
    String suffix = body.optionalText("suffix");
    if (suffix != null && (suffix.isEmpty() || suffix.length() > variant.suffixLimit())) {
      throw body.wrong("suffix", "from 1 to " + variant.suffixLimit() + " characters");
    }
    body.whole("seed", 0, Integer.MAX_VALUE, 0);
    integrations(body);
    String method = "supervised";
    Fields hyperparameters = body.object("hyperparameters");
    if (body.has("method")) {
      Fields chosen = body.object("method");
      chosen.only("type", "supervised", "dpo", "reinforcement");
      method = chosen.text("type");
      if (!Set.of("supervised", "dpo", "reinforcement").contains(method)) {
        throw chosen.wrong("type", "supervised, dpo or reinforcement");
      }
      hyperparameters = chosen.object(method).object("hyperparameters");
    }
    JsonNode epochs = checked(hyperparameters, method).json().path("n_epochs");
    return new JobSpec(
        model,
        training,
        validation == null ? null : file(validation, "validation_file"),
        suffix,
        epochs.isInt() ? epochs.asInt() : AUTO_EPOCHS,
        method,
        metadata(body),
        TrainingFileCheck.OPENAI_LEAST,
        variant.keyHeader()
            ? model + ".ft-" + store.newId("") + (suffix == null ? "" : "-" + suffix)
            : null,
        json);
  }

  private String file(String id, String param) {
    StoredFile file = store.file(id);
    if (file == null) {
      throw Refusal.badRequest(param, "file_not_found", "invalid " + param + ": " + id);
    }
    if (!file.purpose().equals("fine-tune")) {
      throw Refusal.badRequest(
          param,
          "invalid_file_purpose",
          "The purpose of " + id + " is '" + file.purpose() + "', expected 'fine-tune'.");
    }
    return id;
  }

  private Fields checked(Fields hyperparameters, String method) {
    if (!method.equals("reinforcement")) {
      List<String> known =
          new ArrayList<>(List.of("n_epochs", "batch_size", "learning_rate_multiplier"));
      if (method.equals("dpo")) {
        known.add("beta");
      }
      known.addAll(variant.moreHyperparameters());
      hyperparameters.only(known.toArray(new String[0]));
    }
    hyperparameters.autoOr("n_epochs", true, 1, true, 50);
    hyperparameters.autoOr("batch_size", true, 1, true, 256);
    hyperparameters.autoOr("learning_rate_multiplier", false, 0, false, Double.MAX_VALUE);
    hyperparameters.autoOr("beta", false, 0, false, 2);
    return hyperparameters;
  }

  private static void integrations(Fields body) {
    if (!body.has("integrations")) {
      return;
    }
    for (JsonNode integration : body.json().path("integrations")) {
      if (!integration.path("type").asText().equals("wandb")
          || !integration.path("wandb").path("project").isTextual()) {
        throw body.wrong("integrations", "wandb with a project");
      }
    }
  }

  private static Map<String, String> metadata(Fields body) {
    Map<String, String> metadata = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> pair : body.object("metadata").json().properties()) {
      String value = pair.getValue().isTextual() ? pair.getValue().asText() : null;
      if (value == null || value.length() > 512 || pair.getKey().length() > 64) {
        throw body.wrong("metadata", "strings: keys to 64, values to 512 characters");
      }
      metadata.put(pair.getKey(), value);
    }
    if (metadata.size() > 16) {
      throw body.wrong("metadata", "at most 16 pairs");
    }
    return metadata;
  }

  /** A hyperparameter as asked for; {@code auto} where it was not. */
  static JsonNode hyperparameter(JobSpec spec, String name) {
    JsonNode own = spec.request().path("method").path(spec.method()).path("hyperparameters");
    JsonNode given =
        own.isObject() ? own.path(name) : spec.request().path("hyperparameters").path(name);
    return given.isMissingNode() || given.isNull() ? Json.object().textNode("auto") : given;
  }

  static @Nullable Long seed(JobSpec spec) {
    JsonNode seed = spec.request().path("seed");
    return seed.isIntegralNumber() ? seed.asLong() : null;
  }
}
