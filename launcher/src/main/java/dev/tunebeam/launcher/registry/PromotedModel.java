package dev.tunebeam.launcher.registry;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tunebeam.launcher.evaluate.Comparison;
import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A model that has, or had, a name.
 *
 * @param model its name at the provider
 * @param provider the provider's name
 * @param baseUrl where its API is
 * @param base the model that it was trained from, null if unknown
 * @param digest of the dataset that it was trained on, null if unknown
 * @param dataset the folder of that dataset, from the folder of the registry; null if unknown
 * @param promoted when it got the name
 * @param rolledBack when it lost the name to the model before it, null if it did not
 * @param scores on the validation split of that dataset, by metric; empty if it was not evaluated
 * @param comparison with the model that had the name, null if there was none
 * @param mlflow where it is registered too, null if nowhere
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record PromotedModel(
    String model,
    String provider,
    String baseUrl,
    @Nullable String base,
    @Nullable String digest,
    @Nullable String dataset,
    Instant promoted,
    @Nullable Instant rolledBack,
    SortedMap<String, Double> scores,
    @Nullable Comparison comparison,
    @Nullable MlflowVersion mlflow) {

  /**
   * A version of a registered model at MLflow.
   *
   * @param uri of the tracking server
   * @param name of the registered model
   */
  public record MlflowVersion(String uri, String name, String version) {

    /** Rejects missing keys. */
    public MlflowVersion {
      requireNonNull(uri, "the key 'uri' is missing");
      requireNonNull(name, "the key 'name' is missing");
      requireNonNull(version, "the key 'version' is missing");
    }
  }

  /** Copies; rejects missing keys. */
  public PromotedModel {
    requireNonNull(model, "the key 'model' is missing");
    requireNonNull(provider, "the key 'provider' is missing");
    requireNonNull(baseUrl, "the key 'baseUrl' is missing");
    requireNonNull(promoted, "the key 'promoted' is missing");
    scores =
        Collections.unmodifiableSortedMap(scores == null ? new TreeMap<>() : new TreeMap<>(scores));
  }

  /** Whether it is the same model at the same provider. */
  public boolean isSameAs(PromotedModel other) {
    return model.equals(other.model)
        && provider.equals(other.provider)
        && baseUrl.equals(other.baseUrl);
  }

  PromotedModel rolledBackAt(Instant when) {
    return new PromotedModel(
        model,
        provider,
        baseUrl,
        base,
        digest,
        dataset,
        promoted,
        when,
        scores,
        comparison,
        mlflow);
  }

  PromotedModel with(MlflowVersion version) {
    return new PromotedModel(
        model,
        provider,
        baseUrl,
        base,
        digest,
        dataset,
        promoted,
        rolledBack,
        scores,
        comparison,
        version);
  }
}
