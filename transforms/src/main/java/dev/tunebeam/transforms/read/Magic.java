package dev.tunebeam.transforms.read;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What the first bytes of a file that is no text say it is. */
enum Magic {
  XLSX("an XLSX workbook"),
  PARQUET("a Parquet file"),
  /** Other zip archives: documents, several files in one. */
  ZIP("a zip archive"),
  /** Old .xls workbooks, and new ones that are encrypted. */
  OLE2("an old or encrypted Office document");

  private final String what;

  Magic(String what) {
    this.what = what;
  }

  /** For messages, with its article. */
  String what() {
    return what;
  }

  /** The kind of file whose first bytes these are; null for text and what is not known. */
  static @Nullable Magic of(byte[] head) {
    if (begins(head, 'P', 'A', 'R', '1')) {
      return PARQUET;
    }
    if (begins(head, 0xD0, 0xCF, 0x11, 0xE0)) {
      return OLE2;
    }
    if (begins(head, 'P', 'K', 3, 4)) {
      // The names of the first parts stand in the text, before what is packed.
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
