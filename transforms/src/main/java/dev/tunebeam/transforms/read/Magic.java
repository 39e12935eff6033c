package dev.tunebeam.transforms.read;

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

  /** For messages, with its article. */
  String what() {
    return what;
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
