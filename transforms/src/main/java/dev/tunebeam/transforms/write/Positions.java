package dev.tunebeam.transforms.write;

import dev.tunebeam.transforms.row.Source;
import java.io.Serializable;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Converts a {@link Source} to the file's name and the position in it. Holds a number for each
 * range of the input.
 */
public final class Positions implements Serializable {

  private final List<String> files;
  private final TreeMap<Integer, TreeMap<Integer, Long>> before = new TreeMap<>();

  /**
   * Creates a table from the counts of the readers.
   *
   * @param files the names of the input files, by index
   * @param positions number of positions in each range, by file and range
   */
  public Positions(
      List<String> files, SortedMap<Integer, ? extends SortedMap<Integer, Long>> positions) {
    this.files = List.copyOf(files);
    positions.forEach(
        (file, byRange) -> {
          TreeMap<Integer, Long> sums = new TreeMap<>();
          long sum = 0;
          for (var range : byRange.entrySet()) {
            sums.put(range.getKey(), sum);
            sum += range.getValue();
          }
          before.put(file, sums);
        });
  }

  /** The name of the file. */
  public String file(Source source) {
    return files.get(source.file());
  }

  /** The line or element in the file, from 1. */
  public long position(Source source) {
    TreeMap<Integer, Long> sums = before.get(source.file());
    return (sums == null ? 0 : sums.getOrDefault(source.range(), 0L)) + source.row();
  }
}
