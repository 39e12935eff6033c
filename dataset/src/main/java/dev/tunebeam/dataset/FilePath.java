package dev.tunebeam.dataset;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the text of a path says, the same for recipe, jobs and launcher. An address begins with a
 * scheme, a colon and a slash: {@code s3://bucket/key}, {@code hdfs:/data}; {@code file:/data} and
 * {@code file:///data} are this machine's. A single letter before the colon is a drive of Windows.
 * Pure functions.
 */
public final class FilePath {

  private static final Pattern ADDRESS =
      Pattern.compile("([A-Za-z][A-Za-z0-9+.-]+):/.*", Pattern.DOTALL);

  private static final Pattern ROOTED = Pattern.compile("([A-Za-z]:)?[/\\\\].*", Pattern.DOTALL);

  private static final Pattern FILE_SCHEME = Pattern.compile("(?i)^file:(//)?(?=/)");

  private FilePath() {}

  /** Whether it leads to another file system than this machine's. */
  public static boolean isRemote(String path) {
    Matcher address = ADDRESS.matcher(path);
    return address.matches() && !address.group(1).equalsIgnoreCase("file");
  }

  /** Whether it is the same from every folder. */
  public static boolean isAbsolute(String path) {
    return ADDRESS.matcher(path).matches() || ROOTED.matcher(path).matches();
  }

  /** The path without the scheme {@code file}. */
  public static String withoutFileScheme(String path) {
    return FILE_SCHEME.matcher(path).replaceFirst("");
  }

  /** A path that is seen from the folder in which a file is; an absolute one stays. */
  public static String seenFrom(String file, String path) {
    return isAbsolute(path) ? path : file.substring(0, file.length() - name(file).length()) + path;
  }

  /** What stands after the last slash. */
  public static String name(String path) {
    return path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  }
}
