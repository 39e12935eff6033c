package dev.tunebeam.transforms.read.xlsx;

import dev.tunebeam.dataset.Whitespace;
import dev.tunebeam.transforms.json.JsonText;
import dev.tunebeam.transforms.read.csv.CsvHeader;
import dev.tunebeam.transforms.read.input.RowException;
import dev.tunebeam.transforms.read.input.RowFactory;
import dev.tunebeam.transforms.read.input.Rows;
import dev.tunebeam.transforms.row.Outcome;
import dev.tunebeam.transforms.row.Reason;
import dev.tunebeam.transforms.row.Row;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.Sheet;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a sheet, with the first one that is not blank, or a given one, as header row; every
 * value is a string, see {@link XlsxText}, empty if there is no cell. Blank rows are skipped. The
 * position of a row is its number in the sheet.
 *
 * <p>Holds a row at a time, and the shared strings of the workbook that were needed so far.
 */
public final class XlsxRows implements Rows {

  private static final long LAST_ROW = 1_048_576;

  private final RowFactory rows;
  private final int headerRow;
  private @Nullable Workbook workbook;
  private @Nullable Stream<org.dhatim.fastexcel.reader.Row> stream;
  private @Nullable Iterator<org.dhatim.fastexcel.reader.Row> sheet;
  private @Nullable CsvHeader header;
  private long position;
  private boolean ended;

  /**
   * @param headerRow the number of the row with the column names; 0 for the first that is not
   *     blank, below 0 for none
   */
  public XlsxRows(RowFactory rows, int headerRow) {
    this.rows = rows;
    this.headerRow = headerRow;
  }

  @Override
  public @Nullable Outcome<Row> next() throws IOException {
    while (!ended) {
      org.dhatim.fastexcel.reader.Row next;
      try {
        next = advance();
      } catch (UncheckedIOException e) {
        throw e;
      } catch (IOException | RuntimeException e) {
        return broken(RowException.problem(e));
      }
      if (next == null) {
        break;
      }
      int width = width(next);
      CsvHeader names = header;
      String open = names == null ? null : formulaWithoutResult(next, names.size());
      if ((width == 0 && open == null) || (names == null && position < headerRow)) {
        continue;
      }
      if (names != null) {
        return row(next, width, names, open);
      }
      try {
        if (headerRow < 0) {
          CsvHeader numbers = CsvHeader.ofNumbers(width);
          header = numbers;
          return row(next, width, numbers, open);
        }
        header = new CsvHeader(texts(next, width));
      } catch (RowException e) {
        return broken(
            String.format(
                Locale.ROOT, "the header in row %d cannot be used: %s", position, e.problem()));
      }
    }
    ended = true;
    return null;
  }

  @Override
  public long positions() {
    return position;
  }

  @Override
  public void close() throws IOException {
    if (stream != null) {
      stream.close();
    }
    if (workbook != null) {
      workbook.close();
    }
  }

  private org.dhatim.fastexcel.reader.@Nullable Row advance() throws IOException {
    Iterator<org.dhatim.fastexcel.reader.Row> rest = sheet;
    if (rest == null) {
      rest = open();
      sheet = rest;
    }
    if (!rest.hasNext()) {
      return null;
    }
    org.dhatim.fastexcel.reader.Row next = rest.next();
    // The row number is optional; without one it is the next row.
    position = next.getRowNum() > position ? next.getRowNum() : position + 1;
    if (position > LAST_ROW) {
      throw new IOException(
          String.format(Locale.ROOT, "it has a row beyond the last one, %,d", LAST_ROW));
    }
    return next;
  }

  private Iterator<org.dhatim.fastexcel.reader.Row> open() throws IOException {
    Workbook opened = Workbook.open(rows.range().path());
    workbook = opened;
    Optional<Sheet> found = opened.find(rows.range().part());
    if (found.isEmpty()) {
      throw new IOException("it has no sheet \"%s\" any more".formatted(rows.range().part()));
    }
    Stream<org.dhatim.fastexcel.reader.Row> all = found.get().openStream();
    stream = all;
    return all.iterator();
  }

  /** The texts up to the last one that is not blank. */
  static String[] texts(org.dhatim.fastexcel.reader.Row row) {
    return texts(row, width(row));
  }

  private static String[] texts(org.dhatim.fastexcel.reader.Row row, int count) {
    String[] texts = new String[count];
    for (int i = 0; i < count; i++) {
      texts[i] = XlsxText.of(row.getCell(i));
    }
    return texts;
  }

  /** The number of the last column that is not blank. */
  private static int width(org.dhatim.fastexcel.reader.Row row) {
    int last = row.getCellCount();
    while (last > 0 && Whitespace.isBlank(XlsxText.of(row.getCell(last - 1)))) {
      last--;
    }
    return last;
  }

  /** Only the cells below a name are read: a far column must not cost those before it. */
  private Outcome<Row> row(
      org.dhatim.fastexcel.reader.Row row, int width, CsvHeader names, @Nullable String open) {
    String[] values = texts(row, Math.min(width, names.size()));
    Map<String, Object> fields = new LinkedHashMap<>(names.size() * 2);
    long size = 0;
    for (int i = 0; i < names.size(); i++) {
      String value = i < values.length ? values[i] : "";
      size += value.length();
      fields.put(names.name(i), value);
    }
    if (size > rows.maxRowBytes()) {
      return rows.tooLarge(position, "");
    }
    if (width > names.size()) {
      return rows.rejected(
          position,
          Reason.RAGGED_ROW,
          String.format(
              Locale.ROOT,
              "the header has %d %s, this row has a value in column %d; give that column a name, take out the value, or name the row of the header with headerRow",
              names.size(),
              names.size() == 1 ? "column" : "columns",
              width),
          JsonText.of(fields));
    }
    if (names.isRepeatedBy(values)) {
      return rows.rejected(
          position,
          Reason.MALFORMED_RECORD,
          "the row repeats the header; take it out",
          JsonText.of(fields));
    }
    if (open != null) {
      return rows.rejected(
          position,
          Reason.MALFORMED_RECORD,
          "the formula in %s has no result; open the workbook in a spreadsheet program and save it"
              .formatted(open),
          JsonText.of(fields));
    }
    return rows.record(position, fields);
  }

  private @Nullable String formulaWithoutResult(org.dhatim.fastexcel.reader.Row row, int columns) {
    boolean calculated = workbook == null || workbook.calculated();
    for (int i = 0; i < Math.min(columns, row.getCellCount()); i++) {
      Cell cell = row.getCell(i);
      if (XlsxText.isOpen(cell, calculated)) {
        return cell.getAddress().toString();
      }
    }
    return null;
  }

  private Outcome<Row> broken(String problem) {
    ended = true;
    return rows.unreadable(
        position + 1,
        String.format(
            Locale.ROOT,
            "cannot be read as an XLSX workbook after row %d: %s; save it again with a spreadsheet program, or as CSV, or leave it out",
            position,
            problem),
        "");
  }
}
