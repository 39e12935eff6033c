package dev.tunebeam.transforms.read;

/**
 * One file of the input, with everything about it decided.
 *
 * @param path as Beam's file systems open it
 * @param size in bytes as stored
 * @param format never {@link InputFormat#AUTO}
 * @param compression by its name, or by its first bytes
 * @param charset by its byte order mark, or the one that was set
 * @param seekable whether reading from the middle is cheap
 */
public record InputFile(
    String path,
    long size,
    InputFormat format,
    Compression compression,
    String charset,
    boolean seekable) {

  public InputFile {
    if (format == InputFormat.AUTO) {
      throw new IllegalArgumentException("the format of " + path + " is not decided");
    }
    if (size < 0) {
      throw new IllegalArgumentException("the size of " + path + " is " + size);
    }
  }

  /** Bytes of text in it: exact if uncompressed, else by {@link Compression#ratio}. */
  public long estimatedBytes() {
    return size * compression.ratio();
  }
}
