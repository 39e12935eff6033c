package dev.tunebeam.dataset.terminal;

import java.util.ArrayList;
import java.util.List;

/** A text table with aligned columns, separated by two spaces, without trailing whitespace. */
public final class Columns {

  private static final String GAP = "  ";

  private final String alignment;
  private final List<List<String>> rows = new ArrayList<>();

  /**
   * @param alignment one letter per column: {@code l} for left, {@code r} for right
   */
  public Columns(String alignment) {
    this.alignment = alignment;
  }

  /** Adds a row; missing cells are empty. */
  public void row(String... cells) {
    if (cells.length > alignment.length()) {
      throw new IllegalArgumentException(cells.length + " cells in " + alignment.length());
    }
    List<String> row = new ArrayList<>(List.of(cells));
    while (row.size() < alignment.length()) {
      row.add("");
    }
    rows.add(row);
  }

  /** The lines, each with the indent. */
  public List<String> lines(String indent) {
    int[] widths = new int[alignment.length()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], TerminalText.width(row.get(i)));
      }
    }
    return rows.stream().map(row -> line(row, widths, indent)).toList();
  }

  private String line(List<String> row, int[] widths, String indent) {
    StringBuilder line = new StringBuilder(indent);
    for (int i = 0; i < widths.length; i++) {
      String cell = row.get(i);
      String padding = " ".repeat(widths[i] - TerminalText.width(cell));
      line.append(i == 0 ? "" : GAP);
      line.append(alignment.charAt(i) == 'r' ? padding + cell : cell + padding);
    }
    return line.toString().stripTrailing();
  }
}
