package dev.tunebeam.dataset.terminal;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Finds the word that the user probably meant. */
public final class Nearest {

  private Nearest() {}

  /**
   * The known word nearest to the given one by edit distance, ignoring case. A prefix of each other
   * counts as near. Empty if all are more than two edits and more than a third of the letters away.
   * Ties are resolved alphabetically.
   */
  public static Optional<String> of(String word, Collection<String> known) {
    String typed = word.toLowerCase(Locale.ROOT);
    int most = Math.max(2, typed.length() / 3);
    return known.stream()
        .filter(candidate -> distance(typed, candidate) <= most)
        .min(
            Comparator.<String>comparingInt(candidate -> distance(typed, candidate))
                .thenComparing(Comparator.naturalOrder()));
  }

  private static int distance(String typed, String candidate) {
    String other = candidate.toLowerCase(Locale.ROOT);
    boolean prefix =
        Math.min(typed.length(), other.length()) >= 3
            && (other.startsWith(typed) || typed.startsWith(other));
    int edits = LevenshteinDistance.getDefaultInstance().apply(typed, other);
    return prefix ? Math.min(edits, 2) : edits;
  }
}
