package dev.tunebeam.pipelines.terminal;

import dev.tunebeam.dataset.Manifest;
import dev.tunebeam.dataset.terminal.Figures;
import java.util.ArrayList;
import java.util.List;

/** What was found when texts were compared, for the report of prepare. */
final class NearLines {

  private NearLines() {}

  /**
   * The lines.
   *
   * @param isCompared whether near copies were looked for, and not evaluation sets alone
   */
  static List<String> of(Manifest.Near near, boolean isCompared) {
    List<String> lines = new ArrayList<>();
    if (near.kept() > 0) {
      lines.add(
          Figures.counted(
              near.kept(), "near copy of another example stays", "near copies of others stay"));
    }
    if (near.conflicts() > 0) {
      lines.add(
          Figures.counted(near.conflicts(), "pair of near copies has", "pairs of near copies have")
              + " different labels or answers; both stay");
    }
    near.evaluation()
        .forEach(
            (file, count) ->
                lines.add(
                    Figures.counted(count, "example shares", "examples share")
                        + " a long phrase with "
                        + file));
    if (isCompared) {
      lines.add(
          Figures.counted(near.leaks(), "validation example has", "validation examples have")
              + " a near copy in train");
    }
    if (near.crowded() > 0) {
      lines.add(
          Figures.counted(near.crowded(), "text is", "texts are each")
              + " similar to many others, as if made from one template; only copies without a"
              + " replaced word count there");
    }
    if (near.undecided() > 0) {
      lines.add(
          Figures.counted(near.undecided(), "near copy stays", "near copies stay")
              + " undecided: at the end of a long chain of copies");
    }
    return lines;
  }

  /** The removed examples, to be said after the duplicates. */
  static String removed(Manifest.Rows rows) {
    return (rows.nearCopies() == 0
            ? ""
            : ", " + Figures.counted(rows.nearCopies(), "near copy", "near copies"))
        + (rows.contaminated() == 0
            ? ""
            : ", %s contaminated".formatted(Figures.count(rows.contaminated())));
  }
}
