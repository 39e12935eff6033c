package dev.tunebeam.pipelines.findings;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * A change of the recipe that is worth making. None changes what a label says.
 *
 * @param question what is asked, without the question mark
 * @param because why
 * @param settings the keys of the recipe and their values
 */
public record Recommendation(String question, String because, Map<String, Object> settings) {

  /** Copies. */
  public Recommendation {
    settings = Map.copyOf(new TreeMap<>(settings));
  }

  /** Puts the settings into a recipe's values; a section keeps the keys that it has already. */
  public static void put(Map<String, Object> values, Map<String, Object> settings) {
    settings.forEach((key, value) -> values.merge(key, value, Recommendation::merged));
  }

  private static Object merged(Object before, Object after) {
    if (before instanceof Map<?, ?> section && after instanceof Map<?, ?> more) {
      Map<Object, Object> both = new LinkedHashMap<>(section);
      both.putAll(more);
      return both;
    }
    return after;
  }
}
