package dev.tunebeam.launcher.launch;

import static dev.tunebeam.launcher.process.LauncherException.wrongUse;

import dev.tunebeam.dataset.Manifest;
import dev.tunebeam.dataset.StrictYaml;
import dev.tunebeam.dataset.StrictYaml.BadYamlException;
import dev.tunebeam.launcher.provider.Method;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code launch} of a recipe, which travels in the manifest. Null is what it leaves
 * open; flags win over it.
 */
public record RecipeLaunch(
    @Nullable String provider,
    @Nullable String model,
    @Nullable Method method,
    @Nullable Integer epochs,
    @Nullable Integer batchSize,
    @Nullable BigDecimal learningRateMultiplier,
    @Nullable BigDecimal learningRate,
    @Nullable BigDecimal beta,
    @Nullable Integer seed,
    @Nullable String suffix,
    @Nullable BigDecimal budget,
    @Nullable String wandbProject,
    @Nullable String wandbName,
    @Nullable String wandbEntity,
    @Nullable List<String> wandbTags) {

  /** The section of the recipe that a dataset was made with; all open where there is none. */
  public static RecipeLaunch of(Manifest manifest) {
    Map<String, Object> section = new TreeMap<>();
    if (manifest.recipe().get("launch") instanceof Map<?, ?> written) {
      written.forEach((key, value) -> section.put(String.valueOf(key), value));
    }
    try {
      return StrictYaml.convert(section, "launch", RecipeLaunch.class);
    } catch (BadYamlException e) {
      throw wrongUse("the recipe's section launch: " + e.getMessage());
    }
  }
}
