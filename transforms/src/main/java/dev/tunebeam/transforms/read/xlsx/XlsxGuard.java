package dev.tunebeam.transforms.read.xlsx;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.Locale;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/**
 * Checks all parts of a workbook before it is parsed, and refuses one that would exhaust the
 * memory: the library reads texts, attributes and rows whole, and keeps shared strings.
 * Decompresses each part once, as a stream.
 */
final class XlsxGuard {

  /** Maximum number of parts; a workbook has a few per sheet. */
  static final int MOST_PARTS = 10_000;

  /** Largest part, 4 GiB: 1,048,576 rows of 4 kB. */
  static final long LARGEST_PART = 4L << 30;

  /** Parts that decompress to more than this, 16 MiB, are checked for their ratio. */
  static final long FREE_OF_RATIO = 16L << 20;

  /** Maximum compression ratio of a part; sheets reach 10 to 50. */
  static final int LARGEST_RATIO = 200;

  private XlsxGuard() {}

  /**
   * Checks the file.
   *
   * @throws UnsafeWorkbookException if it should not be read
   * @throws IOException if it is not a zip archive, or corrupt
   */
  static void check(File file) throws IOException {
    // This class holds the list of entries in a few bytes each, the other one in objects.
    try (var zip = new java.util.zip.ZipFile(file)) {
      if (zip.size() > MOST_PARTS) {
        throw new UnsafeWorkbookException(
            String.format(Locale.ROOT, "it has %,d parts, more than %,d", zip.size(), MOST_PARTS));
      }
    }
    byte[] buffer = new byte[1 << 16];
    try (ZipFile zip = ZipFile.builder().setFile(file).get()) {
      for (ZipArchiveEntry entry : Collections.list(zip.getEntries())) {
        try (InputStream in = zip.getInputStream(entry)) {
          check(entry, in, buffer);
        }
      }
    }
  }

  private static void check(ZipArchiveEntry entry, InputStream in, byte[] buffer)
      throws IOException {
    XlsxPartScan scan = new XlsxPartScan(entry.getName());
    long packed = Math.max(1, entry.getCompressedSize());
    long bytes = 0;
    for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
      bytes += count;
      if (bytes > LARGEST_PART) {
        throw tooLarge(entry, String.format(Locale.ROOT, "is larger than %,d bytes", LARGEST_PART));
      }
      if (bytes > FREE_OF_RATIO && bytes / packed > LARGEST_RATIO) {
        throw tooLarge(
            entry,
            String.format(
                Locale.ROOT,
                "unpacks to more than %d times its size, as in a zip bomb",
                LARGEST_RATIO));
      }
      scan.scan(buffer, count);
    }
  }

  private static UnsafeWorkbookException tooLarge(ZipArchiveEntry entry, String how) {
    return new UnsafeWorkbookException(
        "its part %s %s".formatted(entry.getName().toLowerCase(Locale.ROOT), how));
  }
}
