package dev.tunebeam.transforms.write;

import dev.tunebeam.transforms.row.Source;
import java.io.Serializable;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Turns a {@link Source} into what a person can look up: the file's name and the position in it.
 * Holds a number for each range of the input.
 */
public final class Positions implements Serializable {

  private final List<String> files;
  private final TreeMap<Integer, TreeMap<Integer, Long>> before = new TreeMap<>();

  /**
   * A table of what the readers counted.
   *
   * @param files the names of the input files, by index
   * @param positions how many positions each range has, by file and range
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

  /** The 1-based line or element in the file. */
  public long position(Source source) {
    TreeMap<Integer, Long> sums = before.get(source.file());
    return (sums == null ? 0 : sums.getOrDefault(source.range(), 0L)) + source.row();
  }
}
