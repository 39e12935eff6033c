package dev.tunebeam.launcher.deploy;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is on disk about a temporary deployment from before it is created until it is gone.
 *
 * @param place where it is at the provider
 * @param requested when the request to create it may have been sent last
 * @param seen whether it is known to have been created, so that no request is under way any more
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TemporaryRecord(
    String provider,
    String baseUrl,
    String place,
    String name,
    String model,
    Instant requested,
    boolean seen,
    @Nullable String usdPerHour) {

  /** Rejects missing keys. */
  public TemporaryRecord {
    requireNonNull(provider, "provider");
    requireNonNull(baseUrl, "baseUrl");
    requireNonNull(place, "place");
    requireNonNull(name, "name");
    requireNonNull(model, "model");
    requireNonNull(requested, "requested");
  }

  TemporaryRecord requestedAt(Instant now) {
    return new TemporaryRecord(provider, baseUrl, place, name, model, now, seen, usdPerHour);
  }

  TemporaryRecord created() {
    return new TemporaryRecord(provider, baseUrl, place, name, model, requested, true, usdPerHour);
  }
}
