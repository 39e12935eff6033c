package dev.tunebeam.transforms.deduplicate;

import dev.tunebeam.transforms.fingerprint.Fingerprint;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A prompt with different completions.
 *
 * @param rows examples with the prompt, duplicates included
 * @param completions number of distinct completions, at least 2
 * @param majority the most frequent example; null on a tie
 * @param earliest the first example in the input
 */
record Conflict(long rows, int completions, @Nullable Fingerprint majority, Fingerprint earliest) {

  /** Refuses a prompt without a conflict. */
  Conflict {
    if (completions < 2 || rows < completions) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "%d rows with %d completions are not a conflict", rows, completions));
    }
  }
}
