package dev.tunebeam.transforms.read;

import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.ZipFile;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.ReadingOptions;
import org.dhatim.fastexcel.reader.Sheet;
import org.dhatim.fastexcel.reader.SheetVisibility;
import org.jspecify.annotations.Nullable;

/** An XLSX file that {@link XlsxGuard} found safe, open, and its sheets. */
final class Workbook implements Closeable {

  private final LocalFile local;
  private final ReadableWorkbook workbook;

  private Workbook(LocalFile local, ReadableWorkbook workbook) {
    this.local = local;
    this.workbook = workbook;
  }

  /**
   * Opens the file.
   *
   * @throws IOException if it is no workbook that can be read; see {@link #problem}
   * @throws java.io.UncheckedIOException if the storage fails
   */
  static Workbook open(String path) throws IOException {
    LocalFile local = LocalFile.of(path);
    try {
      XlsxGuard.check(local.file());
      // The library fails on formats where there are none.
      boolean formats = hasStyles(local.file());
      return new Workbook(
          local, new ReadableWorkbook(local.file(), new ReadingOptions(formats, true)));
    } catch (IOException e) {
      local.close();
      throw e;
    } catch (RuntimeException e) {
      local.close();
      throw new IOException(problem(e), e);
    }
  }

  private static boolean hasStyles(File file) throws IOException {
    try (ZipFile zip = new ZipFile(file)) {
      return zip.stream().anyMatch(entry -> entry.getName().endsWith("styles.xml"));
    }
  }

  /**
   * The sheet to read.
   *
   * @param named its name, or its number from 1; null for the first one that is not hidden
   * @throws UnusableInputException if there is none; the message names those that there are
   */
  Sheet choose(String path, @Nullable String named) {
    List<Sheet> sheets = sheets();
    if (named == null) {
      return sheets.stream()
          .filter(sheet -> sheet.getVisibility() == SheetVisibility.VISIBLE)
          .findFirst()
          .or(() -> sheets.stream().findFirst())
          .orElseThrow(() -> new UnusableInputException(path + ": the workbook has no sheet"));
    }
    return find(named)
        .orElseThrow(
            () ->
                new UnusableInputException(
                    "%s has no sheet \"%s\"; set sheet to one of %s, or to a number from 1 to %d"
                        .formatted(path, named, names(sheets), sheets.size())));
  }

  /** The sheet by its name, else by its number. */
  java.util.Optional<Sheet> find(String named) {
    return workbook
        .findSheet(named)
        .or(
            () ->
                named.matches("[1-9]\\d{0,5}")
                    ? workbook.getSheet(Integer.parseInt(named) - 1)
                    : java.util.Optional.empty());
  }

  List<Sheet> sheets() {
    return workbook.getSheets().toList();
  }

  /** The names in quotes, for messages. */
  static String names(List<Sheet> sheets) {
    String names =
        sheets.stream()
            .limit(10)
            .map(sheet -> '"' + sheet.getName() + '"')
            .collect(Collectors.joining(", "));
    return sheets.size() > 10 ? names + ", …" : names;
  }

  /** What a library says, in one line. */
  static String problem(Throwable e) {
    Throwable cause = e;
    while (cause.getMessage() == null && cause.getCause() != null) {
      cause = cause.getCause();
    }
    String message = cause.getMessage();
    return message == null
        ? "it is broken (" + cause.getClass().getSimpleName() + ")"
        : message.replaceAll("\\s+", " ").strip();
  }

  @Override
  public void close() throws IOException {
    try {
      workbook.close();
    } finally {
      local.close();
    }
  }
}
