package dev.tunebeam.transforms.deduplicate;

import dev.tunebeam.transforms.fingerprint.Fingerprint;

/**
 * A prompt with different completions.
 *
 * @param rows examples with the prompt, equal ones included
 * @param completions different ones, at least 2
 * @param majority the whole example that most rows have, the first in the input of equals
 * @param earliest the whole example that comes first in the input
 */
record Conflict(long rows, int completions, Fingerprint majority, Fingerprint earliest) {

  /** Refuses a prompt that is not in conflict. */
  Conflict {
    if (completions < 2 || rows < completions) {
      throw new IllegalArgumentException(
          "%d rows with %d completions are no conflict".formatted(rows, completions));
    }
  }
}
