package dev.tunebeam.transforms.row;

import java.io.Serializable;
import java.util.Comparator;

/**
 * The position of a row; sources are ordered like the rows in the input.
 *
 * @param file index of the file in the sorted list of inputs, from 0
 * @param range index of the range within the file, from 0
 * @param row 1-based position within the range: the line on which the row begins for line formats,
 *     the element for a JSON array. The position in the file is this plus the positions of the
 *     previous ranges.
 */
public record Source(int file, int range, int row) implements Comparable<Source>, Serializable {

  private static final Comparator<Source> ORDER =
      Comparator.comparingInt(Source::file)
          .thenComparingInt(Source::range)
          .thenComparingInt(Source::row);

  @Override
  public int compareTo(Source other) {
    return ORDER.compare(this, other);
  }
}
