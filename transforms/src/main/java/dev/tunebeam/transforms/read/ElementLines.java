package dev.tunebeam.transforms.read;

import dev.tunebeam.transforms.read.input.InputFile;
import dev.tunebeam.transforms.read.input.InputFormat;
import dev.tunebeam.transforms.read.input.InputRange;
import dev.tunebeam.transforms.read.input.RangeStream;
import dev.tunebeam.transforms.read.input.ReadOptions;
import dev.tunebeam.transforms.row.Outcome;
import dev.tunebeam.transforms.row.Rejected;
import dev.tunebeam.transforms.row.Row;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;

/**
 * The lines on which the elements of JSON arrays begin, for messages. A file is read when the first
 * of its elements is asked for, up to 64 MiB of its text; holds a number for each element.
 */
public final class ElementLines {

  private static final long MOST_BYTES = 64L << 20;

  private final InputFiles input;
  private final ReadOptions options;
  private final Map<Integer, Map<Long, Long>> lines = new HashMap<>();

  /** The elements of these files. */
  public ElementLines(InputFiles input, ReadOptions options) {
    this.input = input;
    this.options = options;
  }

  /**
   * The place of a row: {@code a.csv:7}, {@code a.json, element 7 (line 31)}.
   *
   * @param file index of the file
   * @param name its displayed name
   * @param position the line or element
   */
  public String place(int file, String name, long position) {
    InputFormat format = input.files().get(file).format();
    long line =
        format == InputFormat.JSON
            ? lines.computeIfAbsent(file, this::read).getOrDefault(position, 0L)
            : 0;
    // A whole array on one line has no other.
    return format.place(name, position) + (line > 1 ? " (line %s)".formatted(line) : "");
  }

  private Map<Long, Long> read(int index) {
    Map<Long, Long> found = new HashMap<>();
    InputFile file = input.files().get(index);
    InputRange whole = InputRange.of(file, index, 0, 0, InputRange.TO_THE_END);
    try (RangeReader reader =
        new RangeReader(whole, options, RangeStream.open(file.path(), 0), MOST_BYTES)) {
      for (Outcome<Row> next = reader.next(); next != null; next = reader.next()) {
        Row row = next.value();
        Rejected rejected = next.rejected();
        if (row != null) {
          found.put((long) row.source().row(), reader.line());
        } else if (rejected != null) {
          found.put((long) rejected.source().row(), reader.line());
        }
      }
    } catch (IOException | UncheckedIOException e) {
      // The message goes without lines then.
      return found;
    }
    return found;
  }
}
