package dev.tunebeam.launcher.provider;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.tunebeam.dataset.yaml.DashedNames;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A model that is deployed at a provider, and billed or not until it is deleted.
 *
 * @param name by which it is asked
 * @param model the deployed model
 * @param providerType the provider's own name of the type
 * @param providerState the provider's own state
 * @param createdAt null if not reported
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Deployment(
    String name,
    String model,
    String providerType,
    State state,
    String providerState,
    @Nullable Instant createdAt) {

  /** The state of a deployment, the same for all providers. */
  public enum State {
    /** Not ready yet; also a state that nobody knows. */
    CREATING,
    READY,
    FAILED,
    DELETING;

    @JsonValue
    @Override
    public String toString() {
      return DashedNames.of(this);
    }
  }
}
