package dev.tunebeam.pipelines.prepare;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds a glob for some of the files of an input, so that a recipe does not list them. */
final class FileGlob {

  private static final Pattern SPECIAL = Pattern.compile("[*?\\[\\]{}]");

  private FileGlob() {}

  /**
   * The files as one glob that no other file matches, or their list if there is none.
   *
   * @param some names of files, at least one
   * @param all names of all files of the input
   */
  static List<String> of(List<String> some, List<String> all) {
    List<String[]> paths = some.stream().map(name -> name.split("/", -1)).toList();
    int parts = paths.get(0).length;
    boolean alike =
        paths.stream().allMatch(path -> path.length == parts)
            && some.stream().noneMatch(name -> SPECIAL.matcher(name).find());
    if (some.size() == 1 || !alike) {
      return some;
    }
    return Stream.of(false, true)
        .map(closely -> glob(paths, parts, closely))
        .filter(glob -> all.stream().filter(regex(glob).asMatchPredicate()).toList().equals(some))
        .findFirst()
        .map(List::of)
        .orElse(some);
  }

  private static String glob(List<String[]> paths, int parts, boolean closely) {
    List<String> glob = new ArrayList<>();
    for (int i = 0; i < parts; i++) {
      int at = i;
      List<String> names = paths.stream().map(path -> path[at]).distinct().toList();
      glob.add(names.size() == 1 ? names.get(0) : glob(names, closely, i == parts - 1));
    }
    return String.join("/", glob);
  }

  private static String glob(List<String> names, boolean closely, boolean isFile) {
    String prefix = names.get(0);
    String suffix = names.get(0);
    for (String name : names) {
      while (!name.startsWith(prefix)) {
        prefix = prefix.substring(0, prefix.length() - 1);
      }
      while (!name.endsWith(suffix)) {
        suffix = suffix.substring(1);
      }
    }
    int dot = isFile ? suffix.indexOf('.') : -1;
    String extension = dot < 0 ? "" : suffix.substring(dot);
    return closely ? prefix + "*" + suffix : "*" + extension;
  }

  private static Pattern regex(String glob) {
    return Pattern.compile(Pattern.quote(glob).replace("*", "\\E[^/]*\\Q"));
  }
}
