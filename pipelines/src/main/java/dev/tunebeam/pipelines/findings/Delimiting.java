package dev.tunebeam.pipelines.findings;

import dev.tunebeam.transforms.inspect.DelimiterCandidates;
import dev.tunebeam.transforms.inspect.Inspection;
import dev.tunebeam.transforms.inspect.Tally;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which separators and stop sequences texts have already, or could have. Pure functions. */
final class Delimiting {

  private Delimiting() {}

  /** The texts that hold a delimiter; of one that is no candidate nothing is known. */
  static Tally tally(Inspection inspection, String delimiter) {
    boolean known =
        DelimiterCandidates.SEPARATORS.contains(delimiter)
            || DelimiterCandidates.STOPS.contains(delimiter);
    return known ? inspection.withDelimiter(delimiter) : new Tally();
  }

  /** The candidate that all texts end with, blanks aside; null for none. */
  static @Nullable String atEnds(String commonSuffix, List<String> candidates) {
    String best = null;
    for (String candidate : candidates) {
      String core = candidate.stripTrailing();
      boolean ends = core.length() > 1 && commonSuffix.endsWith(core);
      if (ends && (best == null || core.length() > best.stripTrailing().length())) {
        best = candidate;
      }
    }
    return best;
  }
}
