package dev.tunebeam.transforms.read.input;

/** How an input file holds its rows; {@link #AUTO} goes by the file's name, then by its content. */
public enum InputFormat {
  AUTO,
  CSV,
  TSV,
  JSON,
  JSONL,
  /** A completion a line. */
  TXT,
  /** A workbook: the rows of one of its sheets under the names of the first one. */
  XLSX,
  PARQUET,
  /** A mailbox: mails one after the other, each a row. */
  MBOX;

  /** The few bytes of a workbook or a Parquet file that are one byte of text, as for gzip. */
  private static final int PACKED = 4;

  /** Whether its lines are rows, so that a file can be cut at line ends. */
  public boolean isLines() {
    return this == JSONL || this == TXT;
  }

  /** Whether it is no stream of text and needs a file that can be read from anywhere. */
  public boolean isBinary() {
    return this == XLSX || this == PARQUET;
  }

  /** Bytes of text that a byte of such a file is taken for. */
  int ratio() {
    return isBinary() ? PACKED : 1;
  }
}
