package dev.tunebeam.pipelines.terminal;

import dev.tunebeam.dataset.terminal.Columns;
import dev.tunebeam.pipelines.gates.Change;
import java.util.List;

/** What has changed notably since the dataset before, as a table. */
final class ChangeLines {

  private ChangeLines() {}

  /** The table; no line if nothing has. */
  static List<String> of(List<Change> changes) {
    if (changes.isEmpty()) {
      return List.of();
    }
    Columns table = new Columns("lrrl");
    table.row("", "before", "now");
    for (Change change : changes) {
      table.row(
          change.measure(), change.beforeText(), change.nowText(), GateLines.note(change.note()));
    }
    return table.lines(Report.INDENT);
  }
}
