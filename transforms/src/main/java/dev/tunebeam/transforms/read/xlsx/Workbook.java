package dev.tunebeam.transforms.read.xlsx;

import dev.tunebeam.transforms.read.input.RowException;
import dev.tunebeam.transforms.read.input.UnusableInputException;
import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.ReadingOptions;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.Sheet;
import org.dhatim.fastexcel.reader.SheetVisibility;
import org.jspecify.annotations.Nullable;

/** An open XLSX file that {@link XlsxGuard} found safe, and its sheets. */
public final class Workbook implements Closeable {

  /** Maximum size of the sheet list that is read, 1 MiB. */
  private static final int LOOKED_AT = 1 << 20;

  private static final Pattern LEFT_TO_READER =
      Pattern.compile("fullCalcOnLoad=[\"'](1|true)[\"']");

  private final LocalFile local;
  private final ReadableWorkbook workbook;
  private final boolean calculated;

  private Workbook(LocalFile local, ReadableWorkbook workbook, boolean calculated) {
    this.local = local;
    this.workbook = workbook;
    this.calculated = calculated;
  }

  /**
   * Opens the file.
   *
   * @throws IOException if it is not a readable workbook; see {@link RowException#problem}
   * @throws java.io.UncheckedIOException if the storage fails
   */
  public static Workbook open(String path) throws IOException {
    LocalFile local = LocalFile.of(path);
    try {
      XlsxGuard.check(local.file());
      // The library fails on formats if there are none.
      boolean formats = hasStyles(local.file());
      return new Workbook(
          local,
          new ReadableWorkbook(local.file(), new ReadingOptions(formats, true)),
          isCalculated(local.file()));
    } catch (IOException e) {
      local.close();
      throw e;
    } catch (RuntimeException e) {
      local.close();
      throw new IOException(RowException.problem(e), e);
    }
  }

  private static boolean hasStyles(File file) throws IOException {
    try (ZipFile zip = new ZipFile(file)) {
      return zip.stream().anyMatch(entry -> entry.getName().endsWith("styles.xml"));
    }
  }

  /** Programs that write formulas without results leave the calculation to the reader. */
  private static boolean isCalculated(File file) throws IOException {
    try (ZipFile zip = new ZipFile(file)) {
      ZipEntry part = zip.getEntry("xl/workbook.xml");
      if (part == null) {
        return true;
      }
      try (InputStream xml = zip.getInputStream(part)) {
        String text = new String(xml.readNBytes(LOOKED_AT), StandardCharsets.ISO_8859_1);
        return !LEFT_TO_READER.matcher(text).find();
      }
    }
  }

  /** Whether the program that wrote it calculated its formulas, as declared in the file. */
  boolean calculated() {
    return calculated;
  }

  /**
   * The sheet to read.
   *
   * @param named its name, or its number from 1; null for the first one that is not hidden
   * @throws UnusableInputException if there is none; the message lists the existing ones
   */
  public Sheet choose(String path, @Nullable String named) {
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
                    String.format(
                        Locale.ROOT,
                        "%s has no sheet \"%s\"; set sheet to one of %s, or to a number from 1 to %d",
                        path,
                        named,
                        names(sheets),
                        sheets.size())));
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

  public List<Sheet> sheets() {
    return workbook.getSheets().toList();
  }

  /** The quoted names, for messages. */
  public static String names(List<Sheet> sheets) {
    String names =
        sheets.stream()
            .limit(10)
            .map(sheet -> '"' + sheet.getName() + '"')
            .collect(Collectors.joining(", "));
    return sheets.size() > 10 ? names + ", …" : names;
  }

  /** The texts of the first rows of a sheet by their numbers; none of a sheet that is broken. */
  public SortedMap<Integer, List<String>> firstRows(String sheet, int count) {
    SortedMap<Integer, List<String>> rows = new TreeMap<>();
    try (Stream<Row> all = find(sheet).orElseThrow().openStream()) {
      all.limit(count).forEach(row -> rows.put(row.getRowNum(), List.of(XlsxRows.texts(row))));
    } catch (IOException | RuntimeException e) {
      // The reader will fail too, and report it.
      rows.clear();
    }
    return rows;
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
