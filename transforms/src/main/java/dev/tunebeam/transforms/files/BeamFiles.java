package dev.tunebeam.transforms.files;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.io.fs.MoveOptions.StandardMoveOptions;
import org.apache.beam.sdk.io.fs.ResolveOptions.StandardResolveOptions;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.apache.beam.sdk.util.MimeTypes;
import org.jspecify.annotations.Nullable;

/**
 * File operations on any Beam file system, by path: local, or an address such as {@code
 * s3://bucket/key}. Folder paths returned here end with a slash.
 */
public final class BeamFiles {

  private BeamFiles() {}

  /** The path of a file in a folder, which may or may not end with a slash. */
  public static String in(String folder, String name) {
    return find(folder, true).resolve(name, StandardResolveOptions.RESOLVE_FILE).toString();
  }

  /** The path of a folder in a folder. */
  public static String folderIn(String folder, String name) {
    return find(folder, true).resolve(name, StandardResolveOptions.RESOLVE_DIRECTORY).toString();
  }

  /** Opens a file for reading; seekable if its file system supports it. */
  public static ReadableByteChannel open(String path) throws IOException {
    return FileSystems.open(resource(path));
  }

  /** All bytes of a file. */
  public static byte[] read(String path) throws IOException {
    try (InputStream in = Channels.newInputStream(open(path))) {
      return in.readAllBytes();
    }
  }

  /** Creates a file; it exists once the stream is closed. */
  public static OutputStream create(String path) throws IOException {
    return Channels.newOutputStream(FileSystems.create(resource(path), MimeTypes.BINARY));
  }

  /** Writes a whole file. */
  public static void write(String path, byte[] content) throws IOException {
    try (OutputStream out = create(path)) {
      out.write(content);
    }
  }

  /** Returns once a file is on disk; a remote file system sees to that itself. */
  public static void sync(String path) throws IOException {
    ResourceId file = resource(path);
    if (isLocal(file)) {
      LocalFolder.force(Path.of(file.toString()), StandardOpenOption.WRITE);
    }
  }

  /**
   * The files that match a path or glob, and folders if the file system has them.
   *
   * @throws IllegalArgumentException if the pattern is invalid or its file system unknown
   */
  public static List<MatchResult.Metadata> match(String pattern) throws IOException {
    try {
      MatchResult found = FileSystems.match(pattern, EmptyMatchTreatment.ALLOW);
      return found.status() == MatchResult.Status.NOT_FOUND ? List.of() : found.metadata();
    } catch (FileNotFoundException e) {
      return List.of();
    } catch (IllegalArgumentException e) {
      throw withHint(pattern, e);
    }
  }

  /** Whether the file exists. */
  public static boolean exists(String path) throws IOException {
    return !match(path).isEmpty();
  }

  /** The files directly in a folder; none if the folder does not exist. */
  public static List<String> list(String folder) throws IOException {
    return match(in(folder, "*")).stream().map(file -> file.resourceId().toString()).toList();
  }

  /** Deletes files and empty folders; missing ones are ignored. */
  public static void delete(List<String> paths) throws IOException {
    FileSystems.delete(resources(paths), StandardMoveOptions.IGNORE_MISSING_FILES);
  }

  /** Renames files within their file system, each to its new path. */
  public static void move(List<String> from, List<String> to) throws IOException {
    if (!from.isEmpty()) {
      FileSystems.rename(resources(from), resources(to));
    }
  }

  /**
   * What changes when a file is written again or replaced: size and time, on local file systems
   * also which file it is.
   */
  public static String version(MatchResult.Metadata file) throws IOException {
    return isLocal(file.resourceId())
        ? version(file.resourceId().toString())
        : file.sizeBytes() + " " + file.lastModifiedMillis();
  }

  /** The same for the file that is at a path now; empty if there is none. */
  public static String version(String path) throws IOException {
    if (!isLocal(resource(path))) {
      for (MatchResult.Metadata found : match(path)) {
        return version(found);
      }
      return "";
    }
    try {
      BasicFileAttributes now = Files.readAttributes(Path.of(path), BasicFileAttributes.class);
      return "%s %s %s"
          .formatted(now.size(), now.lastModifiedTime().to(TimeUnit.NANOSECONDS), now.fileKey());
    } catch (NoSuchFileException e) {
      return "";
    }
  }

  /** Whether it is neither a file nor a folder, but a named pipe or a device. */
  public static boolean isPipe(MatchResult.Metadata file) {
    Path path = Path.of(isLocal(file.resourceId()) ? file.resourceId().toString() : "");
    return Files.exists(path) && !Files.isRegularFile(path) && !Files.isDirectory(path);
  }

  /** Whether both paths lead to the same existing file, also through links. */
  public static boolean isSame(String one, String other) {
    ResourceId first = resource(one);
    ResourceId second = resource(other);
    try {
      return first.equals(second)
          || (isLocal(first)
              && isLocal(second)
              && Files.isSameFile(Path.of(first.toString()), Path.of(second.toString())));
    } catch (IOException e) {
      return false; // one of them does not exist
    }
  }

  /**
   * The path of a file within a folder, with slashes, also where links lead there; null if it is
   * elsewhere.
   */
  public static @Nullable String within(String folder, String file) {
    ResourceId in = find(folder, true);
    ResourceId resource = resource(file);
    if (!isLocal(in) || !isLocal(resource)) {
      String prefix = in.toString();
      return resource.toString().startsWith(prefix)
          ? resource.toString().substring(prefix.length())
          : null;
    }
    Path root = real(in);
    Path path = real(resource);
    return path.startsWith(root) ? root.relativize(path).toString().replace('\\', '/') : null;
  }

  private static Path real(ResourceId resource) {
    Path path = Path.of(resource.toString());
    try {
      return path.toRealPath();
    } catch (IOException e) {
      // It does not exist yet.
      return path.toAbsolutePath().normalize();
    }
  }

  /** Whether a path leads to this machine's own file system. */
  static boolean isLocal(String path) {
    return isLocal(find(path, true));
  }

  private static boolean isLocal(ResourceId resource) {
    return resource.getScheme().equals("file");
  }

  private static List<ResourceId> resources(List<String> paths) {
    return paths.stream().map(BeamFiles::resource).toList();
  }

  private static ResourceId resource(String path) {
    return find(path, path.endsWith("/"));
  }

  private static ResourceId find(String path, boolean isFolder) {
    try {
      return FileSystems.matchNewResource(path, isFolder);
    } catch (IllegalArgumentException e) {
      throw withHint(path, e);
    }
  }

  /** Says what to do about an address that no file system is set up for. */
  private static IllegalArgumentException withHint(String path, IllegalArgumentException failure) {
    int scheme = path.indexOf("://");
    return scheme < 0 || !String.valueOf(failure.getMessage()).contains("No filesystem found")
        ? failure
        : new IllegalArgumentException(
            "no file system is set up for %s://; see Files in docs/spark.md, or copy the files to this machine"
                .formatted(path.substring(0, scheme)),
            failure);
  }
}
