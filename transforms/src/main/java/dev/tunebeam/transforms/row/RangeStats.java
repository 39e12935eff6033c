package dev.tunebeam.transforms.row;

/**
 * The counts of one range of a file: emitted once per range, after its rows.
 *
 * @param file as in {@link Source}
 * @param range as in {@link Source}
 * @param rows number of rows, valid, rejected and filtered
 * @param filtered number of rows that the recipe's {@code where} leaves out
 * @param positions how far {@link Source#row} advanced: lines for line formats, elements for a JSON
 *     array; the sum over the previous ranges gives a row's position in the file
 */
public record RangeStats(int file, int range, long rows, long filtered, long positions) {

  /** Counts without a filter. */
  public RangeStats(int file, int range, long rows, long positions) {
    this(file, range, rows, 0, positions);
  }
}
