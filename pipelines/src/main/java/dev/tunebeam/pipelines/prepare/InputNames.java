package dev.tunebeam.pipelines.prepare;

import dev.tunebeam.dataset.FilePath;
import dev.tunebeam.pipelines.recipe.ResolvedRecipe;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The names of the input files in the dataset: as the user wrote them, relative to the recipe's
 * folder or the working folder, so that the same recipe gives the same rejects file on every
 * machine.
 *
 * @param prefix the path from the working folder to the base of the names; empty, or ends with a
 *     slash
 * @param relative the inputs that are written relative to that base
 */
public record InputNames(String prefix, List<String> relative) {

  private static final Pattern GLOB = Pattern.compile("[*?\\[{]");

  /** The names for the inputs of a recipe. */
  static InputNames of(ResolvedRecipe resolved) {
    String prefix = "";
    List<String> all = new ArrayList<>(resolved.recipe().input());
    List<String> reachedAs = new ArrayList<>(resolved.input());
    List<String> given = resolved.recipe().validationInput();
    if (given != null) {
      all.addAll(given);
      reachedAs.addAll(resolved.validationInput());
    }
    List<String> sets = resolved.recipe().decontaminate();
    if (sets != null) {
      all.addAll(sets);
      reachedAs.addAll(resolved.evaluation());
    }
    List<String> relative = all.stream().filter(path -> !FilePath.isAbsolute(path)).toList();
    for (int i = 0; i < all.size(); i++) {
      String written = all.get(i);
      if (!FilePath.isAbsolute(written)) {
        String reached = reachedAs.get(i);
        prefix = reached.substring(0, reached.length() - written.length());
      }
    }
    return new InputNames(prefix, relative);
  }

  /** The name of a file, by its full path. */
  String name(String path) {
    if (FilePath.isRemote(path)) {
      boolean below = !prefix.isEmpty() && !relative.isEmpty() && path.startsWith(prefix);
      return below ? path.substring(prefix.length()) : path;
    }
    Path base = Path.of(prefix).toAbsolutePath().normalize();
    Path file = Path.of(path).normalize();
    for (String written : relative) {
      Path folder = base.resolve(fixedFolder(written)).normalize();
      if (file.startsWith(folder)) {
        return base.relativize(file).toString();
      }
    }
    return path;
  }

  /** The path of a named file from the working folder, for messages. */
  public String fromWorkingFolder(String name) {
    return FilePath.isAbsolute(name) ? name : prefix + name;
  }

  /** The folders before the first wildcard. */
  private static String fixedFolder(String pattern) {
    var glob = GLOB.matcher(pattern);
    String fixed = glob.find() ? pattern.substring(0, glob.start()) : pattern;
    return fixed.substring(0, fixed.lastIndexOf('/') + 1);
  }
}
