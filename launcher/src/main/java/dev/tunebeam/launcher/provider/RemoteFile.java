package dev.tunebeam.launcher.provider;

/**
 * An uploaded file.
 *
 * @param id the provider's file id
 * @param name the file name
 */
public record RemoteFile(String id, String name, long bytes) {}
