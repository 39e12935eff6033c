package dev.tunebeam.transforms.read.input;

/** The format of an input file; {@link #AUTO} detects it by name, then by content. */
public enum InputFormat {
  AUTO,
  CSV,
  TSV,
  JSON,
  JSONL,
  /** One completion per line. */
  TXT,
  /** A workbook: the rows of one sheet, with the first one as header row. */
  XLSX,
  PARQUET,
  /** A mailbox: consecutive mails, each one row. */
  MBOX,
  /** A single mail. */
  EML;

  /** Estimated bytes of text per byte of a workbook or Parquet file, as for gzip. */
  private static final int PACKED = 4;

  /** Whether each line is a row, so that a file can be split at line endings. */
  public boolean isLines() {
    return this == JSONL || this == TXT;
  }

  /** Whether it is not a text stream and needs random access. */
  public boolean isBinary() {
    return this == XLSX || this == PARQUET;
  }

  /**
   * The place of a row in messages: {@code a.csv:7}, in a form that editors open, or {@code a.json,
   * element 7}, since the elements of an array are not its lines.
   *
   * @param position from 1
   */
  public String place(String file, long position) {
    return file + (this == JSON ? ", element " : ":") + position;
  }

  /** Whether it holds mails, which name their own encodings. */
  public boolean isMail() {
    return this == MBOX || this == EML;
  }

  /** Estimated bytes of text per byte of such a file. */
  int ratio() {
    return isBinary() ? PACKED : 1;
  }
}
