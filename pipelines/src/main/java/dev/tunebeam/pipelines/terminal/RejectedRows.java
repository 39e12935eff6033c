package dev.tunebeam.pipelines.terminal;

import dev.tunebeam.dataset.terminal.Figures;
import dev.tunebeam.dataset.terminal.TerminalText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * The report's section on rejected rows: each reason with its count and first rows, most frequent
 * first.
 */
public final class RejectedRows {

  private RejectedRows() {}

  /**
   * The lines, of at most {@link Report#WIDTH} columns.
   *
   * @param byReason rejected rows by reason
   * @param first the first of them, in input order; any number
   * @param shown how many of each reason to show
   */
  public static List<String> lines(Map<String, Long> byReason, List<RejectedRow> first, int shown) {
    List<String> lines = new ArrayList<>();
    for (Map.Entry<String, Long> reason : mostFrequentFirst(byReason)) {
      lines.add("  " + reason.getKey() + " (" + Figures.count(reason.getValue()) + ")");
      first.stream()
          .filter(row -> row.reason().equals(reason.getKey()))
          .limit(shown)
          .forEach(
              row ->
                  lines.addAll(
                      TerminalText.wrapped(
                          "%s: %s".formatted(row.place(), row.message()),
                          Report.WIDTH,
                          "    ",
                          "      ")));
    }
    return lines;
  }

  private static List<Map.Entry<String, Long>> mostFrequentFirst(Map<String, Long> byReason) {
    return byReason.entrySet().stream()
        .filter(entry -> entry.getValue() > 0)
        .sorted(
            Comparator.<Map.Entry<String, Long>>comparingLong(entry -> -entry.getValue())
                .thenComparing(Map.Entry.comparingByKey()))
        .toList();
  }
}
