package dev.tunebeam.launcher.provider;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A model in the middle of its training.
 *
 * @param model the name to ask it under
 * @param metrics by name
 */
public record Checkpoint(
    String id, long step, String model, @Nullable Instant at, JsonNode metrics) {}
