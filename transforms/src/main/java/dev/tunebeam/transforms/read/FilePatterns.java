package dev.tunebeam.transforms.read;

import dev.tunebeam.dataset.Whitespace;
import dev.tunebeam.transforms.files.BeamFiles;
import dev.tunebeam.transforms.read.input.UnusableInputException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.beam.sdk.io.fs.MatchResult;

/** Expands paths, globs and folders to files, on any Beam file system. */
final class FilePatterns {

  private FilePatterns() {}

  /**
   * All files that match one of the patterns, without duplicates, by path.
   *
   * @throws UnusableInputException if a pattern matches none
   */
  static SortedMap<String, MatchResult.Metadata> expand(List<String> patterns) {
    SortedMap<String, MatchResult.Metadata> files = new TreeMap<>();
    if (patterns.isEmpty()) {
      throw new UnusableInputException("no input is named; name files, globs or folders");
    }
    for (String pattern : patterns) {
      Collection<MatchResult.Metadata> found = expand(pattern);
      if (found.isEmpty()) {
        throw new UnusableInputException(
            "no file matches \""
                + pattern
                + "\"; an input is a file, a glob in quotes, or a folder with files that end in "
                + FileNames.knownExtensions());
      }
      for (MatchResult.Metadata file : found) {
        String path = file.resourceId().toString();
        if (BeamFiles.isPipe(file)) {
          throw new UnusableInputException(
              path
                  + " is a pipe or a device, which can be read only once; write it to a file first");
        }
        files.put(path, file);
      }
    }
    return files;
  }

  private static Collection<MatchResult.Metadata> expand(String pattern) {
    if (Whitespace.isBlank(pattern)) {
      throw new UnusableInputException("an input is blank; name files, globs or folders");
    }
    if (pattern.endsWith("/")) {
      return inFolder(pattern);
    }
    List<MatchResult.Metadata> files = new ArrayList<>();
    for (MatchResult.Metadata found : match(pattern)) {
      if (found.resourceId().isDirectory()) {
        files.addAll(inFolder(found.resourceId().toString()));
      } else {
        files.add(found);
      }
    }
    // In object stores folders do not exist as objects, so nothing matches their name.
    return files.isEmpty() ? inFolder(pattern) : files;
  }

  private static List<MatchResult.Metadata> inFolder(String folder) {
    String all = folder.endsWith("/") ? folder + "*" : folder + "/*";
    try {
      return PreparedFolder.meant(
          match(all),
          name ->
              !name.startsWith(".") && !name.startsWith("_") && FileNames.isMeantByFolder(name));
    } catch (IOException e) {
      throw new UnusableInputException(
          "cannot read \"" + folder + "\": " + e.getMessage() + "; check the path and access", e);
    }
  }

  private static List<MatchResult.Metadata> match(String pattern) {
    try {
      return BeamFiles.match(pattern);
    } catch (IOException e) {
      throw new UnusableInputException(
          "cannot list \"" + pattern + "\": " + e.getMessage() + "; check the path and access", e);
    } catch (IllegalArgumentException e) {
      throw new UnusableInputException("cannot list \"" + pattern + "\": " + e.getMessage(), e);
    }
  }
}
