package dev.tunebeam.pipelines.terminal;

import dev.tunebeam.dataset.terminal.TerminalText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The report's section on what was inferred from the data, one line per recipe key. */
public final class InferredLines {

  private static final String INDENT = "  ";
  private static final int GAP = 2;

  /** Maximum length of a line: field names may have any length. */
  private static final int MOST = 1_000;

  private InferredLines() {}

  /**
   * The lines that prepare prints before it starts, followed by an empty line; none if nothing was
   * inferred. Without line endings.
   *
   * @param inferred values and reasons by recipe key
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
