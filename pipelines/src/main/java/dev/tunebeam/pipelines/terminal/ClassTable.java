package dev.tunebeam.pipelines.terminal;

import dev.tunebeam.dataset.Manifest;
import dev.tunebeam.dataset.Manifest.ClassCount;
import dev.tunebeam.dataset.terminal.Columns;
import dev.tunebeam.dataset.terminal.Figures;
import dev.tunebeam.dataset.terminal.TerminalText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * The table of classes with their examples, largest first, at most ten unless all are asked for.
 */
final class ClassTable {

  private static final int SHOWN = 10;
  private static final int NAME_WIDTH = 50;

  private ClassTable() {}

  static List<String> lines(Manifest manifest, boolean all) {
    int shown = all ? Integer.MAX_VALUE : SHOWN;
    long written = manifest.rows().train() + manifest.rows().validation();
    // Of validation and what is new in train the one says nothing about the other.
    boolean isPart = manifest.rows().unchangedCount() > 0;
    Columns table = new Columns(isPart ? "lrrr" : "lrrrr");
    row(table, isPart, "class", "train", "validation", "held out", "share");
    manifest.classes().entrySet().stream()
        .sorted(
            Comparator.<Map.Entry<String, ClassCount>>comparingLong(entry -> -all(entry.getValue()))
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(shown)
        .forEach(
            entry -> {
              ClassCount count = entry.getValue();
              row(
                  table,
                  isPart,
                  TerminalText.cut(TerminalText.oneLine(entry.getKey()), NAME_WIDTH),
                  Figures.count(count.train()),
                  Figures.count(count.validation()),
                  Figures.percent(count.validation(), all(count)),
                  Figures.percent(all(count), written));
            });
    List<String> lines = new ArrayList<>(table.lines("  "));
    int more = manifest.classes().size() - shown;
    if (more > 0) {
      lines.add("  and %s more in the manifest".formatted(Figures.count(more)));
    }
    return lines;
  }

  private static void row(
      Columns table,
      boolean isPart,
      String name,
      String train,
      String validation,
      String heldOut,
      String share) {
    if (isPart) {
      table.row(name, train, validation, share);
    } else {
      table.row(name, train, validation, heldOut, share);
    }
  }

  private static long all(ClassCount count) {
    return count.train() + count.validation();
  }
}
