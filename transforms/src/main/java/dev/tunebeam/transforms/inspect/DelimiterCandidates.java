package dev.tunebeam.transforms.inspect;

import dev.tunebeam.transforms.delimit.Delimiters;
import java.util.ArrayList;
import java.util.List;

/**
 * The candidates for separator and stop sequence, most common first, and which of them occur in
 * texts, so that they cannot be used. A full stop or a question mark is not a candidate, even if
 * many texts end with it: it is part of the text. Pure functions.
 */
public final class DelimiterCandidates {

  /** Candidates for the end of a prompt. */
  public static final List<String> SEPARATORS =
      List.of(
          Delimiters.DEFAULT_SEPARATOR,
          "\n\n===\n\n",
          "\n\n---\n\n",
          "\n\n===>\n\n",
          "\n\n--->\n\n",
          "\n\n### =>\n\n",
          " ->",
          " =>");

  /** Candidates for the end of a completion. */
  public static final List<String> STOPS =
      List.of(
          Delimiters.DEFAULT_STOP,
          " [END]",
          "\n",
          "***",
          "+++",
          "&&&",
          "$$$",
          "@@@",
          "%%%",
          " ###");

  private static final String BLANK_LINE = "\n\n";

  private DelimiterCandidates() {}

  /** One bit per separator in the prompt; they come before the bits of stop sequences. */
  static long inPrompt(String prompt) {
    boolean blankLines = prompt.contains(BLANK_LINE);
    long bits = 0;
    for (int i = 0; i < SEPARATORS.size(); i++) {
      String separator = SEPARATORS.get(i);
      boolean possible = blankLines || !separator.startsWith(BLANK_LINE);
      bits |= possible && prompt.contains(separator) ? 1L << i : 0;
    }
    return bits;
  }

  /** One bit per stop sequence in the completion. */
  static long inAnswer(String answer) {
    long bits = 0;
    for (int i = 0; i < STOPS.size(); i++) {
      bits |= answer.contains(STOPS.get(i)) ? 1L << (SEPARATORS.size() + i) : 0;
    }
    return bits;
  }

  /** All candidates, in bit order. */
  static List<String> all() {
    List<String> all = new ArrayList<>(SEPARATORS);
    all.addAll(STOPS);
    return all;
  }
}
