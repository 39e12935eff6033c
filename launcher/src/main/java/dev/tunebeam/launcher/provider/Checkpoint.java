package dev.tunebeam.launcher.provider;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An intermediate model of a training job.
 *
 * @param model its model name for inference
 * @param metrics by name
 */
public record Checkpoint(
    String id, long step, String model, @Nullable Instant at, JsonNode metrics) {}
