package dev.tunebeam.transforms.read;

import dev.tunebeam.transforms.read.input.InputFormat;
import dev.tunebeam.transforms.read.input.UnusableInputException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Binary file types by their first bytes. */
enum Magic {
  XLSX("an XLSX workbook"),
  PARQUET("a Parquet file"),
  /** Other zip archives, such as documents. */
  ZIP("a zip archive"),
  /** Old .xls workbooks, and encrypted new ones. */
  OLE2("an old or encrypted Office document");

  private final String what;

  Magic(String what) {
    this.what = what;
  }

  /**
   * The format of a file of this type.
   *
   * @param named the format by the file's name, AUTO if it names none
   * @throws UnusableInputException if it is not what the name says, or of no known format
   */
  InputFormat format(String path, InputFormat named) {
    boolean asNamed =
        (this == XLSX && named == InputFormat.XLSX)
            || (this == ZIP && named == InputFormat.XLSX)
            || (this == PARQUET && named == InputFormat.PARQUET);
    if (asNamed) {
      return named;
    }
    if (named == InputFormat.AUTO && this == XLSX) {
      return InputFormat.XLSX;
    }
    if (named == InputFormat.AUTO && this == PARQUET) {
      return InputFormat.PARQUET;
    }
    throw new UnusableInputException(
        path
            + ": this is "
            + what
            + switch (this) {
              case XLSX, PARQUET ->
                  ", which its name does not say; rename it, or name the format"
                      + " with --inputFormat";
              case ZIP -> "; unpack it and name the files in it";
              case OLE2 -> "; save it as .xlsx without a password, or as CSV";
            });
  }

  /** The type of a file with these first bytes; null for text and unknown types. */
  static @Nullable Magic of(byte[] head) {
    if (begins(head, 'P', 'A', 'R', '1')) {
      return PARQUET;
    }
    if (begins(head, 0xD0, 0xCF, 0x11, 0xE0)) {
      return OLE2;
    }
    if (begins(head, 'P', 'K', 3, 4)) {
      // The names of the first entries are uncompressed.
      String text = new String(head, StandardCharsets.ISO_8859_1);
      return text.contains("xl/") ? XLSX : ZIP;
    }
    return null;
  }

  private static boolean begins(byte[] head, int... mark) {
    if (head.length < mark.length) {
      return false;
    }
    for (int i = 0; i < mark.length; i++) {
      if ((head[i] & 0xFF) != mark[i]) {
        return false;
      }
    }
    return true;
  }
}
