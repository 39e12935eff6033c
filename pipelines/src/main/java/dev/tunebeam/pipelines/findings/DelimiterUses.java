package dev.tunebeam.pipelines.findings;

import dev.tunebeam.transforms.inspect.Inspection;
import dev.tunebeam.transforms.inspect.Trait;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists the separator and the stop sequence with their alternatives. Pure functions. */
final class DelimiterUses {

  private DelimiterUses() {}

  /** Both delimiters; empty if the format has none. */
  static List<DelimiterUse> of(Corpus corpus) {
    if (!corpus.hasDelimiters()) {
      return List.of();
    }
    Inspection inspection = corpus.inspection();
    return List.of(
        new DelimiterUse(
            "separator",
            corpus.delimiters().separator(),
            inspection.with(Trait.SEPARATOR_IN_PROMPT).count(),
            inspection.freeSeparators()),
        new DelimiterUse(
            "stop",
            corpus.delimiters().stop(),
            inspection.with(Trait.STOP_IN_ANSWER).count(),
            inspection.freeStops()));
  }

  /** The longest candidate that all texts end with, ignoring trailing whitespace; null for none. */
  static @Nullable String atEnds(String commonSuffix, List<String> candidates) {
    String end = commonSuffix.stripTrailing();
    String best = null;
    for (String candidate : candidates) {
      String core = candidate.stripTrailing();
      boolean ends = core.length() > 1 && end.endsWith(core);
      if (ends && (best == null || core.length() > best.stripTrailing().length())) {
        best = candidate;
      }
    }
    return best;
  }
}
