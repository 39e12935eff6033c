package dev.tunebeam.pipelines.terminal;

/**
 * A rejected row that the report shows.
 *
 * @param reason as in the manifest
 * @param file as the user named it
 * @param position the line, or the element of a JSON array, from 1
 * @param message why, in a sentence
 */
public record RejectedRow(String reason, String file, long position, String message) {}
