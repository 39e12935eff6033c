package dev.tunebeam.transforms.read.input;

import java.io.Serializable;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import org.jspecify.annotations.Nullable;

/**
 * Options for reading input files.
 *
 * @param format the format of every file; {@link InputFormat#AUTO} detects it for each
 * @param charset the character encoding of files without a byte order mark; null to detect it
 * @param sheet the sheet of every workbook, by its name or its number from 1; null for the first
 *     that is not hidden
 * @param rows the array with the rows in every JSON file, by its keys joined by dots; {@link
 *     #WHOLE_FILE} for the file's top-level values; null to detect it
 * @param fieldSeparator the field separator of every CSV file; null to detect it from the header
 * @param rangeBytes size in bytes of the ranges that uncompressed JSONL and TXT files are split
 *     into; those of Parquet are eight times as large. The dataset depends on it: never derive it
 *     from the number of workers
 * @param maxRowBytes maximum size of a row in bytes; a longer one is rejected without being held in
 *     memory
 * @param changes what to change in the rows
 */
public record ReadOptions(
    InputFormat format,
    @Nullable String charset,
    @Nullable String sheet,
    @Nullable String rows,
    @Nullable FieldSeparator fieldSeparator,
    long rangeBytes,
    int maxRowBytes,
    RowChanges changes)
    implements Serializable {

  /** The rows are the top-level values of a JSON file, not an array under a key. */
  public static final String WHOLE_FILE = ".";

  /** 16 MiB: about sixty ranges per gigabyte, each done in a second or less. */
  static final long DEFAULT_RANGE_BYTES = 16L << 20;

  /** 16 MB. */
  public static final int DEFAULT_MAX_ROW_BYTES = 16_000_000;

  /** A row takes several times its size while it is parsed. */
  public static final int LARGEST_MAX_ROW_BYTES = 256 << 20;

  /**
   * Validates.
   *
   * @throws UnusableInputException if a value is out of bounds or the encoding is unknown
   */
  public ReadOptions {
    if (rangeBytes < 1) {
      throw new UnusableInputException("rangeBytes is " + rangeBytes + ", it must be at least 1");
    }
    if (maxRowBytes < 1 || maxRowBytes > LARGEST_MAX_ROW_BYTES) {
      throw new UnusableInputException(
          "maxRowBytes is " + maxRowBytes + ", it must be from 1 to " + LARGEST_MAX_ROW_BYTES);
    }
    try {
      charset = charset == null ? null : Charset.forName(charset).name();
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      throw new UnusableInputException(
          "charset \""
              + charset
              + "\" is not known; name one such as UTF-8, ISO-8859-1, windows-1252 or UTF-16LE",
          e);
    }
  }

  /** Detected format and encoding, ranges of 16 MiB and rows of up to 16 MB. */
  public static ReadOptions defaults() {
    return new ReadOptions(
        InputFormat.AUTO,
        null,
        null,
        null,
        null,
        DEFAULT_RANGE_BYTES,
        DEFAULT_MAX_ROW_BYTES,
        RowChanges.NONE);
  }

  public ReadOptions withFormat(InputFormat newFormat) {
    return new ReadOptions(
        newFormat, charset, sheet, rows, fieldSeparator, rangeBytes, maxRowBytes, changes);
  }

  /** A copy with another encoding, see {@link #charset}. */
  public ReadOptions withCharset(@Nullable String newCharset) {
    return new ReadOptions(
        format, newCharset, sheet, rows, fieldSeparator, rangeBytes, maxRowBytes, changes);
  }

  /** A copy with another sheet, see {@link #sheet}. */
  public ReadOptions withSheet(@Nullable String newSheet) {
    return new ReadOptions(
        format, charset, newSheet, rows, fieldSeparator, rangeBytes, maxRowBytes, changes);
  }

  /** A copy with another key to the rows, see {@link #rows}. */
  public ReadOptions withRows(@Nullable String newRows) {
    return new ReadOptions(
        format, charset, sheet, newRows, fieldSeparator, rangeBytes, maxRowBytes, changes);
  }

  /** A copy with another field separator. */
  public ReadOptions withFieldSeparator(@Nullable FieldSeparator newSeparator) {
    return new ReadOptions(
        format, charset, sheet, rows, newSeparator, rangeBytes, maxRowBytes, changes);
  }

  public ReadOptions withRangeBytes(long newRangeBytes) {
    return new ReadOptions(
        format, charset, sheet, rows, fieldSeparator, newRangeBytes, maxRowBytes, changes);
  }

  public ReadOptions withMaxRowBytes(int newMaxRowBytes) {
    return new ReadOptions(
        format, charset, sheet, rows, fieldSeparator, rangeBytes, newMaxRowBytes, changes);
  }

  /** A copy that changes the rows. */
  public ReadOptions withChanges(RowChanges newChanges) {
    return new ReadOptions(
        format, charset, sheet, rows, fieldSeparator, rangeBytes, maxRowBytes, newChanges);
  }
}
