package dev.tunebeam.transforms.read;

import dev.tunebeam.transforms.read.input.Compression;
import dev.tunebeam.transforms.read.input.InputFile;
import dev.tunebeam.transforms.read.input.InputFormat;
import dev.tunebeam.transforms.read.input.InputRange;
import dev.tunebeam.transforms.read.input.Transcoder;
import java.util.ArrayList;
import java.util.List;

/** Splits a file into the ranges that workers read. A pure function. */
final class FileRanges {

  /** A row group is eight times a range by itself, and each range reads the file footer. */
  private static final int RANGES_IN_A_ROW_GROUP = 8;

  private FileRanges() {}

  /**
   * The ranges of a file.
   *
   * @param index of the file
   * @param rangeBytes size of a range of lines
   */
  static List<InputRange> of(InputFile file, int index, long rangeBytes) {
    boolean parquet = file.format() == InputFormat.PARQUET;
    boolean lines = file.format().isLines() && !Transcoder.isNeededFor(file.charset());
    boolean whole = file.format() == InputFormat.TXT && !file.part().isEmpty();
    boolean cut =
        !whole && (lines || parquet) && file.compression() == Compression.NONE && file.seekable();
    if (!cut) {
      return List.of(InputRange.of(file, index, 0, 0, InputRange.TO_THE_END));
    }
    long bytes = rangeBytes * (parquet ? RANGES_IN_A_ROW_GROUP : 1);
    List<InputRange> ranges = new ArrayList<>();
    long start = 0;
    do {
      long end = Math.min(file.size(), start + bytes);
      ranges.add(InputRange.of(file, index, ranges.size(), start, end));
      start = end;
    } while (start < file.size());
    return ranges;
  }
}
