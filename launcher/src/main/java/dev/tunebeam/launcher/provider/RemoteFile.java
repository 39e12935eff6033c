package dev.tunebeam.launcher.provider;

/**
 * An uploaded file.
 *
 * @param id the provider's file id
 * @param name the file name
 */
public record RemoteFile(String id, String name, long bytes) {

  /** Whether it is the id of a file, not the name of a model, at the providers that have both. */
  public static boolean isId(String id) {
    return id.startsWith("file-");
  }
}
