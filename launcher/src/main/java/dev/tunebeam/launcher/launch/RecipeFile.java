package dev.tunebeam.launcher.launch;

import static dev.tunebeam.launcher.process.LauncherException.wrongUse;

import dev.tunebeam.dataset.FilePath;
import dev.tunebeam.dataset.yaml.StrictYaml;
import dev.tunebeam.dataset.yaml.StrictYaml.BadYamlException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The little of a recipe's file that must be known before {@code prepare}, which checks the whole.
 * Paths are seen from the folder of the file.
 *
 * @param output the folder of the dataset, as prepare names it
 * @param prices the price file
 * @param previous the dataset whose split is continued
 * @param newOnly whether train leaves out what that dataset has
 * @param provider who trains
 * @param budget in dollars; null also if it is no number, which prepare rejects
 */
public record RecipeFile(
    @Nullable String output,
    @Nullable String prices,
    @Nullable String previous,
    boolean newOnly,
    @Nullable String provider,
    @Nullable BigDecimal budget) {

  /** Of no recipe. */
  public static final RecipeFile NONE = new RecipeFile(null, null, null, false, null, null);

  /**
   * Reads a file.
   *
   * @param name the path as the user wrote it
   * @param folder the working folder
   */
  public static RecipeFile read(String name, Path folder) {
    Map<?, ?> recipe;
    try {
      recipe = StrictYaml.read(folder.resolve(name), Map.class);
    } catch (BadYamlException e) {
      throw wrongUse("--recipe: " + e.getMessage());
    }
    Object launch = recipe.get("launch");
    return new RecipeFile(
        located(name, text(name, recipe, "output")),
        located(name, text(name, recipe, "prices")),
        located(name, text(name, recipe, "previous")),
        recipe.get("since") != null,
        launch instanceof Map<?, ?> section ? text(name, section, "provider") : null,
        launch instanceof Map<?, ?> section && section.get("budget") instanceof Number budget
            ? new BigDecimal(budget.toString())
            : null);
  }

  private static @Nullable String text(String name, Map<?, ?> values, String key) {
    Object value = values.get(key);
    if (value == null || value instanceof String) {
      return (String) value;
    }
    throw wrongUse("--recipe: %s: %s must be text (in quotes), not %s".formatted(name, key, value));
  }

  private static @Nullable String located(String name, @Nullable String path) {
    return path == null ? null : FilePath.seenFrom(name, path);
  }
}
