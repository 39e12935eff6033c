package dev.tunebeam.pipelines.terminal;

import dev.tunebeam.dataset.terminal.Columns;
import dev.tunebeam.dataset.terminal.TerminalText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What was concluded from the data, a line for each key of the recipe. */
public final class InferredLines {

  private InferredLines() {}

  /**
   * What prepare says before it starts, with an empty line behind it; no line where the recipe left
   * nothing open. Without line ends.
   *
   * @param inferred values and reasons by the keys of the recipe
   */
  public static List<String> beforeTheJob(Map<String, String> inferred) {
    if (inferred.isEmpty()) {
      return List.of();
    }
    List<String> lines = new ArrayList<>();
    lines.add("Concluded from the data (the recipe can say otherwise)");
    lines.addAll(of(inferred));
    lines.add("");
    return lines;
  }

  static List<String> of(Map<String, String> inferred) {
    Columns table = new Columns("ll");
    inferred.forEach((key, value) -> table.row(key, TerminalText.oneLine(value)));
    return table.lines("  ").stream().map(line -> TerminalText.cut(line, Report.WIDTH)).toList();
  }
}
