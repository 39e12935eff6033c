package dev.tunebeam.pipelines.inspect;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tunebeam.dataset.terminal.TerminalText;
import dev.tunebeam.dataset.yaml.DashedNames;
import dev.tunebeam.pipelines.findings.Recommendation;
import dev.tunebeam.pipelines.prepare.JobPlanning;
import dev.tunebeam.pipelines.prepare.PreparePlan;
import dev.tunebeam.pipelines.recipe.Recipe;
import dev.tunebeam.pipelines.recipe.RecipeWriter;
import dev.tunebeam.pipelines.recipe.ResolvedRecipe;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The recipe that inspect writes: the user's settings, what was inferred, and the accepted
 * recommendations. Inferred values are written out, so that more data does not change them.
 *
 * @param accepted keys and values of the accepted recommendations
 * @param plan by which prepare follows both
 */
record RecipeDraft(Map<String, Object> accepted, PreparePlan plan) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Keys that follow from others; written out, they would not follow a later change. */
  private static final List<String> FOLLOWING =
      List.of("stop", "maxTokens", "epochs", "task", "validation");

  /** The draft with more recommendations accepted. */
  RecipeDraft with(Map<String, Object> settings) {
    Map<String, Object> more = new LinkedHashMap<>(accepted);
    Recommendation.put(more, settings);
    Map<String, Object> values = new LinkedHashMap<>(plan.recipe().values());
    Recommendation.put(values, settings);
    return new RecipeDraft(more, JobPlanning.plan(plan.resolved().with(Recipe.of(values)), plan));
  }

  private Map<String, Object> values() {
    Map<String, Object> values = plan.recipe().values();
    Map<String, Object> effective = plan.effectiveRecipe(null);
    FOLLOWING.forEach(effective::remove);
    if (plan.recipe().charset() == null) {
      // More data may be in another one.
      effective.remove("charset", "UTF-8");
    }
    effective.put("task", DashedNames.of(plan.task()));
    FOLLOWING.forEach(
        key -> {
          Object value = values.get(key);
          if (value != null) {
            effective.put(key, value);
          }
        });
    return effective;
  }

  /** The text of the recipe file; its first lines list the accepted recommendations. */
  String text(String file) {
    ResolvedRecipe resolved = plan.resolved();
    Map<String, Object> values = RecipeWriter.withoutDefaults(values());
    values.put("input", resolved.input());
    if (values.containsKey("validationInput")) {
      values.put("validationInput", resolved.validationInput());
    }
    put(values, "prices", resolved.prices());
    put(values, "tokenizer", resolved.tokenizer());
    put(values, "output", resolved.output());
    Map<String, Object> ordered = new LinkedHashMap<>();
    ordered.put("input", values.get("input"));
    ordered.putAll(values);
    List<String> comments = new ArrayList<>();
    comments.add("Written by tunebeam inspect.");
    accepted.forEach(
        (key, value) -> comments.add("recommended: %s: %s".formatted(key, yaml(value))));
    return RecipeWriter.text(ordered, file, comments);
  }

  private static void put(Map<String, Object> values, String key, @Nullable String value) {
    if (value != null) {
      values.put(key, value);
    }
  }

  /** A value as YAML on one line, with invisible characters escaped. */
  static String yaml(Object value) {
    try {
      return TerminalText.oneLine(JSON.writeValueAsString(value));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
