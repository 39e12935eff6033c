package dev.tunebeam.pipelines.findings;

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
}
