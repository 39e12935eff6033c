package dev.tunebeam.launcher.provider;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tunebeam.launcher.http.Secret;
import java.time.Instant;

/**
 * An event of a job.
 *
 * @param level info, warn or error
 * @param message for the user; never parsed
 * @param data metrics such as step and train_loss; an empty object if none
 */
public record JobEvent(String id, Instant at, String level, String message, JsonNode data) {

  /** Masks what looks like a key. */
  public JobEvent {
    message = Secret.masked(message);
  }
}
