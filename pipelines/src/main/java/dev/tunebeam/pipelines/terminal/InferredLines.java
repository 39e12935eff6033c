package dev.tunebeam.pipelines.terminal;

import dev.tunebeam.dataset.terminal.TerminalText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What was inferred from the data, a line for each key of the recipe. */
public final class InferredLines {

  private static final String INDENT = "  ";
  private static final int GAP = 2;

  /** Names of fields may have any length. */
  private static final int MOST = 1_000;

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
    lines.add("Inferred from the data (override in the recipe)");
    lines.addAll(of(inferred));
    lines.add("");
    return lines;
  }

  static List<String> of(Map<String, String> inferred) {
    int width = inferred.keySet().stream().mapToInt(TerminalText::width).max().orElse(0);
    String rest = " ".repeat(INDENT.length() + width + GAP);
    List<String> lines = new ArrayList<>();
    inferred.forEach(
        (key, value) ->
            lines.addAll(
                TerminalText.wrapped(
                    TerminalText.cut(TerminalText.oneLine(value), MOST),
                    Report.WIDTH,
                    INDENT + TerminalText.padded(key, width + GAP),
                    rest)));
    return lines;
  }
}
