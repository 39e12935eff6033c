package dev.tunebeam.launcher.provider;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * Something that happened to a job.
 *
 * @param level info, warn or error
 * @param message for people; nothing is read out of it
 * @param data figures, such as step and train_loss; an empty object if none
 */
public record JobEvent(String id, Instant at, String level, String message, JsonNode data) {}
