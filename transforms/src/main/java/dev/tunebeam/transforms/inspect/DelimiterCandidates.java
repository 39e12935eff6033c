package dev.tunebeam.transforms.inspect;

import dev.tunebeam.transforms.delimit.Delimiters;
import java.util.ArrayList;
import java.util.List;

/**
 * Separators and stop sequences that could be used, the usual ones first, and which of them occur
 * in texts: those cannot. A full stop or a question mark is none of them, however many texts end in
 * it: it is part of the text. Pure functions.
 */
public final class DelimiterCandidates {

  /** What can end a prompt. */
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

  /** What can end a completion. */
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

  /** A bit for each separator that the prompt holds, before those of stops. */
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

  /** A bit for each stop sequence that the completion holds. */
  static long inAnswer(String answer) {
    long bits = 0;
    for (int i = 0; i < STOPS.size(); i++) {
      bits |= answer.contains(STOPS.get(i)) ? 1L << (SEPARATORS.size() + i) : 0;
    }
    return bits;
  }

  /** All candidates, in the order of their bits. */
  static List<String> all() {
    List<String> all = new ArrayList<>(SEPARATORS);
    all.addAll(STOPS);
    return all;
  }
}
