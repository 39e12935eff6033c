package dev.tunebeam.pipelines.terminal;

import dev.tunebeam.dataset.terminal.Columns;
import dev.tunebeam.dataset.terminal.TerminalText;
import java.util.List;
import java.util.Map;

/** What was concluded from the data, a line for each key of the recipe. */
final class InferredLines {

  private InferredLines() {}

  static List<String> of(Map<String, String> inferred) {
    Columns table = new Columns("ll");
    inferred.forEach((key, value) -> table.row(key, TerminalText.oneLine(value)));
    return table.lines("  ").stream().map(line -> TerminalText.cut(line, Report.WIDTH)).toList();
  }
}
