package dev.tunebeam.pipelines.terminal;

import dev.tunebeam.dataset.Manifest;
import dev.tunebeam.dataset.terminal.Columns;
import dev.tunebeam.dataset.terminal.Figures;
import java.util.List;

/** How the prompts of a dataset differ from those of the one that it continues, as a table. */
final class SinceLines {

  private SinceLines() {}

  /** The table; no line if it continues none. */
  static List<String> of(Manifest manifest) {
    Manifest.Sides sides = manifest.sides();
    Manifest.Since since = sides == null ? null : sides.since();
    if (since == null) {
      return List.of();
    }
    Columns table = new Columns("lr");
    table.row("unchanged", Figures.count(since.unchanged()));
    table.row("changed", Figures.count(since.changed()));
    table.row("new", Figures.count(since.added()));
    table.row("back", Figures.count(since.back()));
    table.row("gone", Figures.count(since.gone()));
    return table.lines(Report.INDENT);
  }
}
