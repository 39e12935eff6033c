package dev.tunebeam.pipelines.findings;

import java.util.List;

/**
 * What the job puts around texts of the format completion, and what it could.
 *
 * @param name separator or stop
 * @param text what is used, empty for none
 * @param within texts that hold it
 * @param free usual ones that occur in no text
 */
public record DelimiterUse(String name, String text, long within, List<String> free) {

  /** Copies. */
  public DelimiterUse {
    free = List.copyOf(free);
  }
}
