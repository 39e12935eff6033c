package dev.tunebeam.pipelines.findings;

/**
 * Where something is.
 *
 * @param file as the user named it
 * @param position the line, or the element, from 1
 * @param note what is to be said of it, may be empty; never holds a secret
 */
public record Place(String file, long position, String note) {}
