package dev.tunebeam.pipelines.findings;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * A recommended change of the recipe. None changes the meaning of a label.
 *
 * @param question the question to the user, without the question mark
 * @param because the reason
 * @param settings recipe keys and their values
 */
public record Recommendation(String question, String because, Map<String, Object> settings) {

  /** Makes an immutable copy. */
  public Recommendation {
    settings = Map.copyOf(new TreeMap<>(settings));
  }

  /** Merges the settings into a recipe's values; a section keeps its other keys. */
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
