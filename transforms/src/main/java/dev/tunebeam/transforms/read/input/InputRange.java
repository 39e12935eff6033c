package dev.tunebeam.transforms.read.input;

import dev.tunebeam.transforms.row.Source;
import java.io.Serializable;

/**
 * A part of a file that is read in one go: the lines that begin in it, the row groups of a Parquet
 * file whose middle is in it, or the whole file.
 *
 * @param file index of the file, as in {@link Source}
 * @param range index of the range within the file, as in {@link Source}
 * @param path of the file
 * @param format of the file, never {@link InputFormat#AUTO}
 * @param compression of the file
 * @param charset of the file
 * @param part of the file, as in {@link InputFile}
 * @param header of the file, as in {@link InputFile}
 * @param start offset of its first byte
 * @param end offset after its last byte; {@link #TO_THE_END} for a whole file
 */
public record InputRange(
    int file,
    int range,
    String path,
    InputFormat format,
    Compression compression,
    String charset,
    String part,
    int header,
    long start,
    long end)
    implements Serializable {

  /** The end of a range that extends to the end of the file. */
  public static final long TO_THE_END = Long.MAX_VALUE;

  private static final long WHOLE_FILE = 64L << 20;

  /** Refuses an invalid range. */
  public InputRange {
    if (format == InputFormat.AUTO) {
      throw new IllegalArgumentException("the format of " + path + " is not decided");
    }
    if (file < 0 || range < 0 || start < 0 || end < start) {
      throw new IllegalArgumentException(
          "no range: file " + file + ", range " + range + ", " + start + " to " + end);
    }
    boolean whole = start == 0 && end == TO_THE_END;
    boolean canBeCut = format.isLines() || format == InputFormat.PARQUET;
    if (!whole && (!canBeCut || compression != Compression.NONE)) {
      throw new IllegalArgumentException(path + " can only be read as a whole");
    }
  }

  /** A range of a file. */
  public static InputRange of(InputFile file, int index, int range, long start, long end) {
    return new InputRange(
        index,
        range,
        file.path(),
        file.format(),
        file.compression(),
        file.charset(),
        file.part(),
        file.header(),
        start,
        end);
  }

  /** Size of its text in bytes, to divide the work; an estimate if the range is a whole file. */
  public long estimatedBytes() {
    return end == TO_THE_END ? WHOLE_FILE : end - start;
  }
}
