package dev.tunebeam.pipelines.terminal;

import dev.tunebeam.dataset.Manifest;
import dev.tunebeam.dataset.terminal.Columns;
import dev.tunebeam.dataset.terminal.TerminalText;
import dev.tunebeam.pipelines.gates.Gate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the gates of a recipe measured, as a table. */
final class GateLines {

  private static final int NOTE_WIDTH = 40;

  private GateLines() {}

  /** The table; no line if the recipe sets no gate. */
  static List<String> of(Manifest manifest) {
    Columns table = new Columns("lrlll");
    for (Manifest.Gate result : manifest.gates()) {
      String note = result.note();
      Gate.of(result.gate())
          .ifPresent(
              gate ->
                  table.row(
                      result.gate(),
                      gate.figure(result),
                      gate.limit(result),
                      result.passed() ? "passed" : "failed",
                      note(note)));
    }
    return manifest.gates().isEmpty() ? List.of() : table.lines(Report.INDENT);
  }

  /** A note in the last column of a table; it may hold names of classes. */
  static String note(@Nullable String note) {
    return note == null ? "" : TerminalText.cut(TerminalText.oneLine(note), NOTE_WIDTH);
  }
}
