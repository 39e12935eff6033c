package dev.tunebeam.launcher.provider;

/**
 * A file at the provider.
 *
 * @param id the provider's name of it
 * @param name the name that it was given
 */
public record RemoteFile(String id, String name, long bytes) {}
