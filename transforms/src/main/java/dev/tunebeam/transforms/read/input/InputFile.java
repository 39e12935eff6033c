package dev.tunebeam.transforms.read.input;

/**
 * An input file, with everything about it decided.
 *
 * @param path as Beam's file systems open it
 * @param size in bytes as stored
 * @param format never {@link InputFormat#AUTO}
 * @param compression by its name, or by its first bytes
 * @param charset by its byte order mark, the one that is set, or by its content
 * @param seekable whether reading from the middle is cheap
 * @param part the part with the rows: the sheet name of a workbook, the keys of the array of a JSON
 *     document joined by dots, or the field separator of a CSV file; empty for the whole file, and
 *     for commas
 * @param header the line of a CSV file, or the row of a sheet, with the column names: the one that
 *     is set, or the one below a title; 0 for the first that is not blank, {@link #NO_HEADER} for
 *     none
 * @param why the reason for this part, if it was inferred from several; else empty
 * @param guessed whether the charset is another one than UTF-8 by the content
 */
public record InputFile(
    String path,
    long size,
    InputFormat format,
    Compression compression,
    String charset,
    boolean seekable,
    String part,
    int header,
    String why,
    boolean guessed) {

  /** The header of a table without one: its columns have numbers. */
  public static final int NO_HEADER = -1;

  public InputFile {
    if (format == InputFormat.AUTO) {
      throw new IllegalArgumentException("the format of " + path + " is not decided");
    }
    if (size < 0) {
      throw new IllegalArgumentException("the size of " + path + " is " + size);
    }
  }

  /** A file that contains only rows. */
  public InputFile(
      String path,
      long size,
      InputFormat format,
      Compression compression,
      String charset,
      boolean seekable) {
    this(path, size, format, compression, charset, seekable, "", 0, "", false);
  }

  /** Size of its text in bytes: exact for uncompressed text, else by a fixed ratio. */
  public long estimatedBytes() {
    return size * compression.ratio() * format.ratio();
  }
}
