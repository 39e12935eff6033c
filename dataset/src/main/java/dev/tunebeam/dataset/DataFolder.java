package dev.tunebeam.dataset;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The folder of a dataset's files, {@code .data-0123456789abcdef}, within the dataset's folder: its
 * name is a hash of their content, and they are never changed. Its dot hides it from tools that
 * read a whole folder, such as {@code load_dataset("out")}: they would read each example twice, and
 * those of the dataset before.
 */
public final class DataFolder {

  /** Matches all of them. */
  public static final String GLOB = ".data-*";

  private static final int DIGITS = 16;

  private static final String NAME = "\\.data-[0-9a-f]{16}";

  private static final Pattern FOLDER = Pattern.compile(NAME);

  private static final Pattern MENTIONED = Pattern.compile("(?<=\")" + NAME + "(?=/)");

  private static final Pattern FILE = Pattern.compile("((" + NAME + ")/)?(?!\\.)[^/\\\\\\s]+");

  private static final Pattern PUBLISHED =
      Pattern.compile(
          "(train|validation|rejected|conflicts|removed|similar)-\\d{5,}-of-\\d{5,}\\.jsonl");

  private DataFolder() {}

  /** The folder of content with a hash in hex. */
  public static String of(String hash) {
    return ".data-" + hash.substring(0, DIGITS);
  }

  /** Whether a name is that of such a folder. */
  public static boolean isName(String name) {
    return FOLDER.matcher(name).matches();
  }

  /** Whether a file name is one of those that a job gives to what it publishes. */
  public static boolean isPublished(String name) {
    return PUBLISHED.matcher(name).matches();
  }

  /** Whether a text is a file's path in a dataset: a file name, in such a folder or not. */
  static boolean isFile(String file) {
    return FILE.matcher(file).matches();
  }

  /** The folder in a file's path; empty if it has none, as before there were such folders. */
  public static Optional<String> in(String file) {
    Matcher path = FILE.matcher(file);
    return path.matches() ? Optional.ofNullable(path.group(2)) : Optional.empty();
  }

  /** The folders that a manifest names, also one that this version cannot read. */
  public static Set<String> namedIn(byte[] manifest) {
    return MENTIONED
        .matcher(new String(manifest, StandardCharsets.UTF_8))
        .results()
        .map(MatchResult::group)
        .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * Where a file of a dataset is. A copy of the dataset's folder may have lost its hidden folders;
   * then it is the file of that name.
   */
  public static Path resolve(Path dataset, String file) {
    Path path = dataset.resolve(file);
    return Files.exists(path) ? path : dataset.resolve(FilePath.name(file));
  }
}
