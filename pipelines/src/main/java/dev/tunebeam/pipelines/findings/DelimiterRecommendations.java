package dev.tunebeam.pipelines.findings;

import dev.tunebeam.dataset.terminal.Figures;
import dev.tunebeam.pipelines.recipe.Recipe;
import dev.tunebeam.transforms.inspect.DelimiterCandidates;
import dev.tunebeam.transforms.inspect.Inspection;
import dev.tunebeam.transforms.inspect.Tally;
import dev.tunebeam.transforms.inspect.Trait;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Recommendations of a separator and a stop sequence, for formats that have them: those that all
 * texts already end with, or alternatives if the chosen ones occur in texts. Pure functions.
 *
 * @param corpus the inspected corpus
 */
record DelimiterRecommendations(Corpus corpus) {

  private static final String SEPARATOR = "separator";

  /** Recommends a separator; null if the recipe sets one, or there is no better one. */
  @Nullable Recommendation separator() {
    Object named = corpus.recipe().values().get(SEPARATOR);
    if (named != null && !named.equals(Recipe.of(Map.of()).values().get(SEPARATOR))) {
      return null;
    }
    Inspection inspection = corpus.inspection();
    String used = corpus.delimiters().separator();
    String there =
        DelimiterUses.atEnds(inspection.rows().prompts().suffix(), DelimiterCandidates.SEPARATORS);
    return there == null
        ? other(SEPARATOR, used, inspection.with(Trait.SEPARATOR_IN_PROMPT), "prompt")
        : there.equals(used) ? null : there(SEPARATOR, there, "prompts");
  }

  /** Recommends a stop sequence, for answers that are not class names; null for none. */
  @Nullable Recommendation stop() {
    if (corpus.recipe().stop() != null) {
      return null;
    }
    Inspection inspection = corpus.inspection();
    String used = corpus.delimiters().stop();
    String there =
        DelimiterUses.atEnds(inspection.rows().answers().suffix(), DelimiterCandidates.STOPS);
    if (there == null) {
      return other("stop", used, inspection.with(Trait.STOP_IN_ANSWER), "answer");
    }
    boolean stays = there.equals(used) || new TextRecommendations(corpus).mayBeLabels();
    return stays ? null : there("stop", there, "answers");
  }

  private static Recommendation there(String key, String text, String texts) {
    return new Recommendation(
        "Use the %s %s".formatted(named(key), quoted(text)),
        "all %s already end with it".formatted(texts),
        Map.of(key, text));
  }

  /** The first candidate that occurs in no text, if the one in use occurs in some. */
  private @Nullable Recommendation other(String key, String used, Tally within, String text) {
    List<String> free =
        key.equals(SEPARATOR)
            ? corpus.inspection().freeSeparators()
            : corpus.inspection().freeStops();
    return within.count() == 0 || free.isEmpty()
        ? null
        : new Recommendation(
            "Use the %s %s".formatted(named(key), quoted(free.get(0))),
            "%s occurs in %s, this one in none"
                .formatted(quoted(used), Figures.counted(within.count(), text, text + "s")),
            Map.of(key, free.get(0)));
  }

  private static String named(String key) {
    return key.equals(SEPARATOR) ? SEPARATOR : "stop sequence";
  }

  private static String quoted(String text) {
    return TextFindings.quoted(text);
  }
}
