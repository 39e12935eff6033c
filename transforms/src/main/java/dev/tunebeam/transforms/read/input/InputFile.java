package dev.tunebeam.transforms.read.input;

/**
 * One file of the input, with everything about it decided.
 *
 * @param path as Beam's file systems open it
 * @param size in bytes as stored
 * @param format never {@link InputFormat#AUTO}
 * @param compression by its name, or by its first bytes
 * @param charset by its byte order mark, or the one that was set
 * @param seekable whether reading from the middle is cheap
 * @param part which part of the file holds its rows: the name of the sheet of a workbook, the keys
 *     to the array of a JSON document joined by dots, or what separates the fields of a CSV file;
 *     empty for all of it, and for commas
 * @param why why this part, if nobody named it and there was a choice; else empty
 */
public record InputFile(
    String path,
    long size,
    InputFormat format,
    Compression compression,
    String charset,
    boolean seekable,
    String part,
    String why) {

  public InputFile {
    if (format == InputFormat.AUTO) {
      throw new IllegalArgumentException("the format of " + path + " is not decided");
    }
    if (size < 0) {
      throw new IllegalArgumentException("the size of " + path + " is " + size);
    }
  }

  /** A file that is all rows. */
  public InputFile(
      String path,
      long size,
      InputFormat format,
      Compression compression,
      String charset,
      boolean seekable) {
    this(path, size, format, compression, charset, seekable, "", "");
  }

  /** Bytes of text in it: exact for uncompressed text, else by a fixed ratio. */
  public long estimatedBytes() {
    return size * compression.ratio() * format.ratio();
  }
}
