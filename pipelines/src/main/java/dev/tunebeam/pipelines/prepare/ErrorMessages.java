package dev.tunebeam.pipelines.prepare;

import dev.tunebeam.dataset.FilePath;
import dev.tunebeam.runner.spill.SpillException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Turns exceptions into messages for users. */
public final class ErrorMessages {

  private ErrorMessages() {}

  /** The message of the innermost cause; runners wrap it several times, Spark into a string. */
  public static String cause(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause() == t ? null : t.getCause()) {
      if (t instanceof SpillException) {
        return firstLine(t);
      }
    }
    String all = texts(failure);
    if (all.contains("No space left on device") || all.contains("Disk quota exceeded")) {
      return "the disk is full; free some space, or move the temporary files with"
          + " TUNEBEAM_OPTS=-Djava.io.tmpdir=FOLDER";
    }
    if (all.contains("Java heap space")
        || all.contains("GC overhead limit")
        || all.contains("INVALID_DRIVER_MEMORY")) {
      return "out of memory; raise the heap size with TUNEBEAM_OPTS=-Xmx4g";
    }
    if (all.contains("UnsatisfiedLinkError")) {
      return "a native library cannot be loaded from the temporary folder %s, which must be writable and not mounted noexec; name another one with TUNEBEAM_OPTS=-Djava.io.tmpdir=FOLDER"
          .formatted(System.getProperty("java.io.tmpdir"));
    }
    Throwable root = failure;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    String message = firstLine(root);
    if (root instanceof AccessDeniedException) {
      return "permission denied: " + message;
    }
    if (root instanceof NoSuchFileException) {
      return "no such file: " + message;
    }
    return message;
  }

  /** Why a local folder cannot be written; for other file systems, their own message. */
  public static String cannotWrite(String folder, Exception failure) {
    Path path =
        FilePath.isRemote(folder)
            ? null
            : Path.of(FilePath.withoutFileScheme(folder)).toAbsolutePath();
    while (path != null && !Files.exists(path)) {
      path = path.getParent();
    }
    if (path != null && !Files.isDirectory(path)) {
      return path + " is a file, not a folder";
    }
    if (path != null && !Files.isWritable(path)) {
      return "no permission to write in " + path;
    }
    String cause = cause(failure);
    return cause.startsWith("Unable to create parent directories")
        ? "the folder cannot be created"
        : cause;
  }

  private static String texts(Throwable failure) {
    StringBuilder all = new StringBuilder();
    for (Throwable t = failure; t != null; t = t.getCause() == t ? null : t.getCause()) {
      all.append(t).append('\n');
    }
    return all.toString();
  }

  private static String firstLine(Throwable failure) {
    String message = failure.getMessage();
    return message == null || message.isBlank()
        ? failure.getClass().getSimpleName()
        : message.lines().findFirst().orElse("");
  }
}
