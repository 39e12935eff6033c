package dev.tunebeam.pipelines.terminal;

/**
 * A rejected row in the report.
 *
 * @param reason as in the manifest
 * @param file as the user named it
 * @param position the line, or the element of a JSON array, from 1
 * @param message the reason, as a sentence
 */
public record RejectedRow(String reason, String file, long position, String message) {}
