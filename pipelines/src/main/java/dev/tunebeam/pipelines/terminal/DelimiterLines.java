package dev.tunebeam.pipelines.terminal;

import dev.tunebeam.dataset.terminal.Figures;
import dev.tunebeam.dataset.terminal.TerminalText;
import dev.tunebeam.pipelines.findings.DelimiterUse;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The report's section on delimiters: how many texts contain them, and which alternatives occur in
 * none.
 */
final class DelimiterLines {

  private static final String INDENT = "  ";
  private static final int NAME_WIDTH = 11;
  private static final int SHOWN = 4;

  private DelimiterLines() {}

  static List<String> of(List<DelimiterUse> delimiters) {
    List<String> lines = new ArrayList<>();
    for (DelimiterUse use : delimiters) {
      String texts = use.name().equals("stop") ? "answer" : "prompt";
      String free =
          use.free().stream()
              .filter(one -> !one.equals(use.text()))
              .limit(SHOWN)
              .map(DelimiterLines::quoted)
              .collect(Collectors.joining(", "));
      String used =
          use.text().isEmpty()
              ? "none"
              : quoted(use.text())
                  + " occurs in "
                  + (use.within() == 0
                      ? "no " + texts
                      : Figures.counted(use.within(), texts, texts + "s"));
      lines.addAll(
          TerminalText.wrapped(
              used + (free.isEmpty() ? "" : "; alternatives: " + free),
              Report.WIDTH,
              INDENT + TerminalText.padded(use.name(), NAME_WIDTH),
              " ".repeat(INDENT.length() + NAME_WIDTH)));
    }
    return lines;
  }

  private static String quoted(String text) {
    return '"' + TerminalText.oneLine(text) + '"';
  }
}
