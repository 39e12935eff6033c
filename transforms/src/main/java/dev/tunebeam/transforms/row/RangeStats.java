package dev.tunebeam.transforms.row;

/**
 * What was read from one range of a file: emitted once a range, after its rows.
 *
 * @param file as in {@link Source}
 * @param range as in {@link Source}
 * @param rows rows that came out, good or rejected
 * @param positions how far {@link Source#row} advanced: lines for line formats, elements for a JSON
 *     array; the sum over the ranges before gives a row's position in the file
 */
public record RangeStats(int file, int range, long rows, long positions) {}
