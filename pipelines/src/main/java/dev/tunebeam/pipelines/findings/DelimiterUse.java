package dev.tunebeam.pipelines.findings;

import java.util.List;

/**
 * A delimiter of the format completion, and its alternatives.
 *
 * @param name separator or stop
 * @param text the one in use, empty for none
 * @param within number of texts that contain it
 * @param free candidates that occur in no text
 */
public record DelimiterUse(String name, String text, long within, List<String> free) {

  /** Makes an immutable copy. */
  public DelimiterUse {
    free = List.copyOf(free);
  }
}
