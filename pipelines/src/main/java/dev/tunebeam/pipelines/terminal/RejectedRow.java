package dev.tunebeam.pipelines.terminal;

/**
 * A rejected row in the report.
 *
 * @param reason as in the manifest
 * @param place the file as the user named it, with the line or the element
 * @param message the reason, as a sentence
 */
public record RejectedRow(String reason, String place, String message) {}
