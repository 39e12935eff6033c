package dev.tunebeam.transforms.read;

import dev.tunebeam.transforms.files.BeamFiles;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.beam.sdk.io.fs.MatchResult;

/**
 * The versions of files when they were found, to tell whether they changed since.
 *
 * @param byPath as {@link BeamFiles#version} tells them
 */
record FileVersions(Map<String, String> byPath) {

  /** Of no file. */
  static final FileVersions NONE = new FileVersions(Map.of());

  private static final Pattern GLOB = Pattern.compile("[*?\\[\\]{}]");

  /** Makes an immutable copy. */
  FileVersions {
    byPath = Map.copyOf(byPath);
  }

  /** The versions of files that were just found. */
  static FileVersions of(Map<String, MatchResult.Metadata> found) {
    Map<String, String> versions = new HashMap<>();
    found.forEach((path, file) -> versions.put(path, version(file)));
    return new FileVersions(versions);
  }

  /** These and others. */
  FileVersions with(FileVersions others) {
    Map<String, String> all = new HashMap<>(others.byPath);
    all.putAll(byPath);
    return new FileVersions(all);
  }

  /** Whether the file is another one by now. */
  boolean isOther(String path) {
    String before = byPath.get(path);
    if (before == null) {
      return false;
    }
    try {
      String now = BeamFiles.version(path);
      // A name with the signs of a glob is not found in an object store.
      boolean unknown = now.isEmpty() && GLOB.matcher(path).find();
      return !unknown && !now.equals(before);
    } catch (IOException e) {
      return true;
    }
  }

  private static String version(MatchResult.Metadata file) {
    try {
      return BeamFiles.version(file);
    } catch (IOException e) {
      return "";
    }
  }
}
