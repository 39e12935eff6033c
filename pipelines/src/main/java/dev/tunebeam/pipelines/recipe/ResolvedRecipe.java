package dev.tunebeam.pipelines.recipe;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A recipe and where its paths lead from the working folder. Open these, and write the recipe's own
 * into the manifest.
 *
 * @param recipe the recipe with the flags laid over it
 * @param input the files and globs to read, at least one
 * @param tokenizer the tokenizer.json, if any
 * @param prices the price file, if any
 * @param output the folder of the dataset; null only for a dry run
 */
public record ResolvedRecipe(
    Recipe recipe,
    List<String> input,
    @Nullable String tokenizer,
    @Nullable String prices,
    @Nullable String output) {

  private static final Pattern ABSOLUTE =
      Pattern.compile("(/|\\\\|[A-Za-z][A-Za-z0-9+.-]*:[/\\\\]).*");

  /** Keeps the list from changing. */
  public ResolvedRecipe {
    input = List.copyOf(input);
  }

  /**
   * The path seen from the folder in which the file {@code from} is; absolute ones and URLs stay.
   */
  static String relativeTo(String from, String path) {
    int folder = Math.max(from.lastIndexOf('/'), from.lastIndexOf('\\'));
    return ABSOLUTE.matcher(path).matches() ? path : from.substring(0, folder + 1) + path;
  }
}
