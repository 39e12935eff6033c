package dev.tunebeam.transforms.read.input;

import dev.tunebeam.transforms.row.Source;
import java.io.Serializable;

/**
 * A piece of a file that is read in one go: the lines that begin in it, the row groups of a Parquet
 * file that have their middle in it, or a whole file.
 *
 * @param file index of the file, as in {@link Source}
 * @param range index of the range within the file, as in {@link Source}
 * @param path of the file
 * @param format of the file, never {@link InputFormat#AUTO}
 * @param compression of the file
 * @param charset of the file
 * @param part of the file, as in {@link InputFile}
 * @param start offset in bytes of the first byte in it
 * @param end offset of the first byte after it; {@link #TO_THE_END} in a range that is a whole file
 */
public record InputRange(
    int file,
    int range,
    String path,
    InputFormat format,
    Compression compression,
    String charset,
    String part,
    long start,
    long end)
    implements Serializable {

  /** The end of a range whose last byte is the file's, wherever that is. */
  public static final long TO_THE_END = Long.MAX_VALUE;

  private static final long WHOLE_FILE = 64L << 20;

  /** Refuses a range that no reader could read. */
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

  /** The range of a file that begins and ends there. */
  public static InputRange of(InputFile file, int index, int range, long start, long end) {
    return new InputRange(
        index,
        range,
        file.path(),
        file.format(),
        file.compression(),
        file.charset(),
        file.part(),
        start,
        end);
  }

  /** Bytes of text in it, for dividing the work; a guess where the range is a whole file. */
  public long estimatedBytes() {
    return end == TO_THE_END ? WHOLE_FILE : end - start;
  }
}
